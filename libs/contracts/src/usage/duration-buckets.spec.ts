import { DURATION_BUCKETS, estimatePercentileMs, toDurationBucket } from './duration-buckets.js';

function countAll(durationsMs: readonly number[]): Map<number, number> {
  const counts = new Map<number, number>();
  for (const durationMs of durationsMs) {
    const bucket = toDurationBucket(durationMs);
    counts.set(bucket, (counts.get(bucket) ?? 0) + 1);
  }
  return counts;
}

describe('duration buckets', () => {
  it.each([
    [0, 0],
    [Number.NaN, 0],
    [0.25, 0],
    [0.2501, 1],
    [1, 8],
    [1.001, 9],
    [2, 12],
    [2 ** 17, DURATION_BUCKETS - 1],
    [86_400_000, DURATION_BUCKETS - 1],
  ])('%d ms are in bucket %d', (durationMs, bucket) => {
    expect(toDurationBucket(durationMs)).toBe(bucket);
  });

  it('percentiles differ from the exact ones by at most 19 %', () => {
    const durationsMs = Array.from({ length: 1_000 }, (_, index) => 1.01 ** index);
    const counts = countAll(durationsMs);
    for (const fraction of [0.01, 0.5, 0.95, 0.99, 1]) {
      const exactMs = durationsMs[Math.ceil(fraction * durationsMs.length) - 1] ?? 0;
      const ratio = (estimatePercentileMs(counts, fraction) ?? 0) / exactMs;
      expect(Math.abs(Math.log2(ratio))).toBeLessThanOrEqual(0.25);
    }
  });

  it('returns no percentile without durations', () => {
    expect(estimatePercentileMs(new Map(), 0.5)).toBeUndefined();
  });
});
