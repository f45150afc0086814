/**
 * How long to wait before repeating a request that was refused or not answered.
 *
 * What the server asked for (Retry-After, RFC 9110 section 10.2.3) and a little more, else exponential with full jitter.
 *
 * @param attempt 1 for the first repeat
 * @param retryAfter the header: seconds or a date
 * @param nowMs the time the answer came, milliseconds since the epoch
 * @param random uniform in [0, 1)
 * @returns whole milliseconds, at most a minute
 */
export function retryDelayMs(attempt: number, retryAfter: string | null, nowMs: number, random: number): number {
  const askedMs = retryAfter === null ? undefined : askedDelayMs(retryAfter, nowMs);
  if (askedMs !== undefined) return Math.round(Math.min(LONGEST_MS, askedMs + random * SPREAD_MS));
  return Math.round(random * Math.min(LONGEST_MS / 6, 200 * 2 ** attempt));
}

const LONGEST_MS = 60_000;
/** Many requests are refused together; they should not come back together. */
const SPREAD_MS = 500;

function askedDelayMs(retryAfter: string, nowMs: number): number | undefined {
  if (/^\d+$/.test(retryAfter.trim())) return Number(retryAfter) * 1000;
  const dateMs = Date.parse(retryAfter);
  return Number.isNaN(dateMs) ? undefined : Math.max(0, dateMs - nowMs);
}
