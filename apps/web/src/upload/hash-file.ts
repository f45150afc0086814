import type { HashMessage } from './hash.worker.js';

/**
 * Computes the SHA-256 of a file in a worker.
 * @param onProgress receives the number of hashed bytes
 * @returns 64 hexadecimal digits
 * @throws Error if the file cannot be read, or the reason of the signal
 */
export async function hashFile(
  file: File,
  onProgress: (hashedBytes: number) => void,
  signal: AbortSignal,
): Promise<string> {
  signal.throwIfAborted();
  const worker = new Worker(new URL('./hash.worker.ts', import.meta.url), { type: 'module' });
  return new Promise<string>((resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
    worker.addEventListener('error', (event) => reject(new Error(event.message)));
    worker.addEventListener('message', ({ data }: MessageEvent<HashMessage>) => {
      if ('hashedBytes' in data) onProgress(data.hashedBytes);
      else if ('sha256' in data) resolve(data.sha256);
      else reject(new Error(data.error));
    });
    worker.postMessage(file);
  }).finally(() => worker.terminate());
}
