import { EdgeResponseError, MediaUnreachableError, parseProblem } from '../edge/edge-errors.js';

export interface MediaResponse {
  readonly status: number;
  readonly headers: Headers;
  readonly bytes: Buffer;
}

/**
 * Fetches media as a player does: the URL contains the token, and no session is used.
 *
 * @throws EdgeResponseError if the response is not 2xx, MediaUnreachableError if no complete response arrives
 */
export async function fetchMedia(
  url: URL,
  edgeUrl: string,
  signal: AbortSignal,
  headers: Record<string, string> = {},
): Promise<MediaResponse> {
  let response: Response;
  let bytes: Buffer;
  try {
    response = await fetch(url, { headers, signal });
    bytes = Buffer.from(await response.arrayBuffer());
  } catch (error) {
    signal.throwIfAborted();
    throw new MediaUnreachableError('GET', url, edgeUrl, error);
  }
  if (!response.ok) {
    const problem = parseProblem(bytes.toString('utf8'));
    throw new EdgeResponseError(`GET ${url.origin}${url.pathname}`, response.status, problem);
  }
  return { status: response.status, headers: response.headers, bytes };
}
