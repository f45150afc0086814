import type { HashMessage } from './hash.worker.js';

/**
 * SHA-256 of a file, computed off the main thread.
 * @param onProgress told how many bytes are done
 * @returns 64 hexadecimal digits
 * @throws Error when the file cannot be read any more, DOMException AbortError when the signal says so
 */
export function hashFile(file: File, onProgress: (hashedBytes: number) => void, signal: AbortSignal): Promise<string> {
  const worker = new Worker(new URL('./hash.worker.ts', import.meta.url), { type: 'module' });
  return new Promise<string>((resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
    worker.addEventListener('error', (event) => reject(new Error(event.message)));
    worker.addEventListener('message', ({ data }: MessageEvent<HashMessage>) => {
      if ('hashedBytes' in data) onProgress(data.hashedBytes);
      else if ('sha256' in data) resolve(data.sha256);
      else reject(new Error(data.unreadable));
    });
    worker.postMessage(file);
  }).finally(() => worker.terminate());
}
