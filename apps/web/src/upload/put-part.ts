import { Problem } from '../api/problem.js';

/**
 * Uploads the bytes of one part. Uses XMLHttpRequest, because fetch does not report the progress of an upload.
 * @throws Problem with the status of the response (0 if none arrived), or the reason of the signal
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
    const toProblem = (status: number): Problem =>
      new Problem({ title: 'The part was not stored', status, code: status === 0 ? 'NETWORK' : 'PART_REJECTED' });
    signal.addEventListener('abort', abort, { once: true });
    request.upload.addEventListener('progress', (event) => onSent(event.loaded));
    request.addEventListener('load', () => (request.status < 300 ? resolve() : reject(toProblem(request.status))));
    request.addEventListener('error', () => reject(toProblem(0)));
    request.addEventListener('abort', () => reject(signal.reason));
    request.addEventListener('loadend', () => signal.removeEventListener('abort', abort));
    request.open('PUT', url);
    request.send(bytes);
  });
}
