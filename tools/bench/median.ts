/**
 * The middle of the values; of an even number of them the mean of the two in the middle.
 *
 * @throws RangeError without values
 */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const [high, low] = [sorted[middle], sorted[sorted.length % 2 === 1 ? middle : middle - 1]];
  if (high === undefined || low === undefined) throw new RangeError('no values, no median');
  return (low + high) / 2;
}

/**
 * The smallest value that so many percent of them do not exceed (nearest rank).
 *
 * @param percent over 0, up to 100
 * @throws RangeError without values
 */
export function percentile(values: readonly number[], percent: number): number {
  const value = values.toSorted((a, b) => a - b)[Math.ceil((percent / 100) * values.length) - 1];
  if (value === undefined) throw new RangeError('no values, no percentile');
  return value;
}
