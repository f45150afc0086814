import { setTimeout as delay } from 'node:timers/promises';

/** Waits, and no longer than until the signal. Never rejects. */
export async function pause(durationMs: number, signal: AbortSignal): Promise<void> {
  await delay(durationMs, undefined, { signal }).catch(() => undefined);
}
