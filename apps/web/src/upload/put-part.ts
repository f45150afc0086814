import { Problem } from '../api/problem.js';

/**
 * PUTs the bytes of one part. XMLHttpRequest, since fetch does not tell how much has been sent.
 * @throws Problem with the store's status, DOMException AbortError when the signal says so
 */
export function putPart(
  url: string,
  bytes: Blob,
  onSent: (sentBytes: number) => void,
  signal: AbortSignal,
): Promise<void> {
  return new Promise<void>((resolve, reject) => {
    const request = new XMLHttpRequest();
    const abort = (): void => request.abort();
    const refused = (status: number): Problem =>
      new Problem({ title: 'The store did not take a part', status, code: status === 0 ? 'NETWORK' : 'PART_REFUSED' });
    signal.addEventListener('abort', abort, { once: true });
    request.upload.addEventListener('progress', (event) => onSent(event.loaded));
    request.addEventListener('load', () => (request.status < 300 ? resolve() : reject(refused(request.status))));
    request.addEventListener('error', () => reject(refused(0)));
    request.addEventListener('abort', () => reject(signal.reason));
    request.addEventListener('loadend', () => signal.removeEventListener('abort', abort));
    request.open('PUT', url);
    request.send(bytes);
  });
}
