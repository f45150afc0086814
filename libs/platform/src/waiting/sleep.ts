import { setTimeout as delay } from 'node:timers/promises';

/** Resolves after the duration or once the signal aborts. Never rejects. */
export async function sleep(durationMs: number, signal: AbortSignal): Promise<void> {
  await delay(durationMs, undefined, { signal }).catch(() => undefined);
}

/** Resolves once the signal is aborted, immediately if it already is. */
export function whenAborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
}
