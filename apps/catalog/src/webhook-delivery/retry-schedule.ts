import type { WebhookError } from '@viernes/contracts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** Maximum delays before the retries, together a day. */
const RETRY_DELAYS_MS = [
  10_000,
  MINUTE_MS,
  5 * MINUTE_MS,
  30 * MINUTE_MS,
  2 * HOUR_MS,
  6 * HOUR_MS,
  16 * HOUR_MS,
] as const;

const GONE = 410;

/** The outcome of one attempt. */
export interface AttemptResult {
  /** Undefined without a response. */
  readonly status?: number;
  /** Undefined if the message was accepted. */
  readonly error?: WebhookError;
  readonly durationMs: number;
}

export type NextStep =
  | { readonly state: 'delivered' }
  /** Parked: only a redelivery sends it again. */
  | { readonly state: 'failed'; readonly isGone: boolean }
  | { readonly state: 'pending'; readonly delayMs: number };

/**
 * Decides what follows an attempt. The delays have half jitter: unlike with full jitter, no retry follows immediately,
 * when the endpoint is most likely still unavailable.
 *
 * @param attempt 1 for the first attempt
 * @param random uniform in [0, 1)
 */
export function decideNextStep(
  { status, error }: AttemptResult,
  attempt: number,
  random: () => number = Math.random,
): NextStep {
  if (error === undefined) return { state: 'delivered' };
  const maxDelayMs = RETRY_DELAYS_MS[attempt - 1];
  if (status === GONE || maxDelayMs === undefined) return { state: 'failed', isGone: status === GONE };
  return { state: 'pending', delayMs: Math.round((maxDelayMs * (1 + random())) / 2) };
}
