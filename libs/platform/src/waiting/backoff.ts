/**
 * Returns the delay before a retry: exponential back-off with full jitter, uniform in
 * [0, min(capMs, baseMs * 2^(attempt - 1))]. Jitter prevents replicas from retrying together.
 *
 * @param attempt 1 for the first retry
 * @param capMs maximum delay in milliseconds
 * @param random uniform in [0, 1)
 * @returns integer milliseconds
 * @throws RangeError if attempt is not a positive integer
 * @see "Exponential Backoff And Jitter", AWS Architecture Blog, 2015
 */
export function retryDelayMs(attempt: number, baseMs = 200, capMs = 5_000, random: () => number = Math.random): number {
  if (!Number.isInteger(attempt) || attempt < 1)
    throw new RangeError(`attempt must be a positive integer, not ${attempt}`);
  return Math.round(random() * Math.min(capMs, baseMs * 2 ** (attempt - 1)));
}
