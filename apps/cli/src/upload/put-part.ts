import { EdgeResponseError, MediaUnreachableError, parseProblem } from '../edge/edge-errors.js';

const PART_TIMEOUT_MS = 10 * 60_000;

/**
 * Sends the bytes of one part with PUT.
 *
 * @param url a presigned URL of object storage, or a path of the edge, which streams the bytes to object storage
 * @throws EdgeResponseError if the response is not 2xx, MediaUnreachableError if no complete response arrives
 */
export async function putPart(
  url: URL,
  edgeUrl: string,
  bytes: Uint8Array<ArrayBuffer>,
  signal?: AbortSignal,
): Promise<void> {
  const timeout = AbortSignal.timeout(PART_TIMEOUT_MS);
  let response: Response;
  let text: string;
  try {
    response = await fetch(url, {
      method: 'PUT',
      body: bytes,
      signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
    });
    text = await response.text();
  } catch (error) {
    signal?.throwIfAborted();
    throw new MediaUnreachableError('PUT', url, edgeUrl, error);
  }
  if (!response.ok) {
    throw new EdgeResponseError(`PUT ${url.origin}${url.pathname}`, response.status, parseProblem(text));
  }
}
