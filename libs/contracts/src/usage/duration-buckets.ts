// The edge counts durations in these buckets, and the user service derives percentiles from their sums.

/** The same buckets as the exponential histograms of OpenTelemetry with scale 2. A limit is 19 % above the previous one. */
const BUCKETS_PER_DOUBLING = 4;

/** The limit of the first bucket is 2^-2 ms: 0.25 ms. */
const FIRST_EXPONENT = -2;

/** The limit of the last bucket is 2^17 ms: 131 s. It also contains longer durations. */
const LAST_EXPONENT = 17;

export const DURATION_BUCKETS = (LAST_EXPONENT - FIRST_EXPONENT) * BUCKETS_PER_DOUBLING + 1;

/** Returns the index of the bucket of a duration in milliseconds, 0 to `DURATION_BUCKETS - 1`. */
export function toDurationBucket(durationMs: number): number {
  // True for NaN, too.
  if (!(durationMs > 2 ** FIRST_EXPONENT)) return 0;
  const index = Math.ceil((Math.log2(durationMs) - FIRST_EXPONENT) * BUCKETS_PER_DOUBLING);
  return Math.min(index, DURATION_BUCKETS - 1);
}

/**
 * Estimates a percentile, within the limits of its bucket: at most 19 % too large or too small.
 *
 * @param counts number of durations by bucket
 * @param fraction 0 to 1: 0.95 for the 95th percentile
 * @returns milliseconds with two decimals. Undefined without durations
 */
export function estimatePercentileMs(counts: ReadonlyMap<number, number>, fraction: number): number | undefined {
  const sorted = [...counts].toSorted(([a], [b]) => a - b);
  const total = sorted.reduce((sum, [, count]) => sum + count, 0);
  const rank = fraction * total;
  let below = 0;
  for (const [bucket, count] of sorted) {
    if (count > 0 && below + count >= rank) {
      const position = bucket - 1 + (rank - below) / count;
      return Math.round(2 ** (position / BUCKETS_PER_DOUBLING + FIRST_EXPONENT) * 100) / 100;
    }
    below += count;
  }
  return undefined;
}
