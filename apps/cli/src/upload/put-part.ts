import { BytesSilence, EdgeRefusal, problemOf } from '../edge/problem.js';

const PART_TIMEOUT_MS = 10 * 60_000;

/**
 * PUTs the bytes of one part.
 *
 * @param url the store's own address, or one of the edge, which streams it through
 * @throws EdgeRefusal for an answer that is not 2xx, BytesSilence where nothing answers
 */
export async function putPart(
  url: URL,
  edgeUrl: string,
  bytes: Uint8Array<ArrayBuffer>,
  signal?: AbortSignal,
): Promise<void> {
  const timeout = AbortSignal.timeout(PART_TIMEOUT_MS);
  let response: Response;
  try {
    response = await fetch(url, {
      method: 'PUT',
      body: bytes,
      signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
    });
  } catch (error) {
    signal?.throwIfAborted();
    throw new BytesSilence('PUT', url, edgeUrl, error);
  }
  const answer = await response.text();
  if (!response.ok) throw new EdgeRefusal(`PUT ${url.origin}${url.pathname}`, response.status, problemOf(answer));
}
