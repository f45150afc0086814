const MAX_DELAY_MS = 60_000;
/** Spreads the retries of clients that were rejected at the same moment. */
const SPREAD_MS = 500;

/**
 * Returns the delay before a request is retried.
 * Uses Retry-After (RFC 9110 section 10.2.3) plus a short random time, or exponential back-off with full jitter.
 *
 * @param attempt 1 for the first retry
 * @param retryAfter the header, in seconds or as a date
 * @param nowMs time of the response, in milliseconds since the epoch
 * @param random uniform in [0, 1)
 * @returns integer milliseconds, at most 60,000
 */
export function retryDelayMs(attempt: number, retryAfter: string | null, nowMs: number, random: number): number {
  const requestedMs = retryAfter === null ? undefined : parseRetryAfter(retryAfter, nowMs);
  if (requestedMs !== undefined) return Math.round(Math.min(MAX_DELAY_MS, requestedMs + random * SPREAD_MS));
  return Math.round(random * Math.min(MAX_DELAY_MS / 6, 200 * 2 ** attempt));
}

function parseRetryAfter(retryAfter: string, nowMs: number): number | undefined {
  if (/^\d+$/.test(retryAfter.trim())) return Number(retryAfter) * 1000;
  const dateMs = Date.parse(retryAfter);
  return Number.isNaN(dateMs) ? undefined : Math.max(0, dateMs - nowMs);
}
