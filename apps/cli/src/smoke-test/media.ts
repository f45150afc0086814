import { BytesSilence, EdgeRefusal, problemOf } from '../edge/problem.js';

export interface Fetched {
  readonly status: number;
  readonly headers: Headers;
  readonly bytes: Buffer;
}

/**
 * Fetches what a player fetches: the token is in the address, nobody is signed in.
 *
 * @throws EdgeRefusal for an answer that is not 2xx, BytesSilence where nothing answers
 */
export async function fetchMedia(
  url: URL,
  edgeUrl: string,
  signal: AbortSignal,
  headers: Record<string, string> = {},
): Promise<Fetched> {
  let response: Response;
  try {
    response = await fetch(url, { headers, signal });
  } catch (error) {
    signal.throwIfAborted();
    throw new BytesSilence('GET', url, edgeUrl, error);
  }
  const bytes = Buffer.from(await response.arrayBuffer());
  if (!response.ok)
    throw new EdgeRefusal(`GET ${url.origin}${url.pathname}`, response.status, problemOf(bytes.toString('utf8')));
  return { status: response.status, headers: response.headers, bytes };
}
