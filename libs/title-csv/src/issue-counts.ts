/** Numbers of issues by their texts. */
export type IssueCounts = Readonly<Record<string, number>>;

/**
 * Adds issues to counts, and sorts them by frequency, highest first.
 *
 * @param texts one text for each issue, without the values of its row: `repaired country: contains an empty item`
 */
export function addIssues(counts: IssueCounts, texts: readonly string[]): IssueCounts {
  const sums = new Map(Object.entries(counts));
  for (const text of texts) sums.set(text, (sums.get(text) ?? 0) + 1);
  return Object.fromEntries([...sums].sort(([, a], [, b]) => b - a));
}
