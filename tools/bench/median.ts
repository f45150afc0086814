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
