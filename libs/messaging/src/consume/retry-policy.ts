import { retryDelayMs } from '@viernes/platform';

export interface RetryPolicy {
  /** Tries in all, the first one too, before an event that may be at fault is given up. */
  readonly attempts: number;
  /** The longest wait before the first retry, in milliseconds; it doubles with each further one. */
  readonly baseMs: number;
  /** The longest wait of all, in milliseconds. Also how long a retry may have to wait for another before it. */
  readonly capMs: number;
}

/** Given up after 8 s on average, 16 s at most: longer than a restart of a neighbour, shorter than a pager's patience. */
export const RETRY_POLICY: RetryPolicy = { attempts: 6, baseMs: 500, capMs: 10_000 };

/** @param attempts tries that failed so far */
export function nextDueAt(policy: RetryPolicy, attempts: number, now: Date): Date {
  return new Date(now.getTime() + retryDelayMs(Math.max(1, attempts), policy.baseMs, policy.capMs));
}
