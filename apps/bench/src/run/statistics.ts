/**
 * Returns the median. For an even number of values, this is the mean of the two in the middle.
 *
 * @throws RangeError if there are no values
 */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const [high, low] = [sorted[middle], sorted[sorted.length % 2 === 1 ? middle : middle - 1]];
  if (high === undefined || low === undefined) throw new RangeError('median of no values');
  return (low + high) / 2;
}

/**
 * Returns the nearest-rank percentile.
 *
 * @param percent greater than 0, at most 100
 * @throws RangeError if there are no values
 */
export function percentile(values: readonly number[], percent: number): number {
  const value = values.toSorted((a, b) => a - b)[Math.ceil((percent / 100) * values.length) - 1];
  if (value === undefined) throw new RangeError('percentile of no values');
  return value;
}
