import type { RowIssue } from './row-issue.js';

/** Numbers of issues by action, field, and reason: `repaired country: contains an empty item`. */
export type IssueCounts = Readonly<Record<string, number>>;

/** Adds issues to counts. Most frequent first. */
export function addIssues(
  counts: IssueCounts,
  issues: readonly Pick<RowIssue, 'action' | 'field' | 'reason'>[],
): IssueCounts {
  const sums = new Map(Object.entries(counts));
  for (const { action, field, reason } of issues) {
    const key = `${[action, field].filter(Boolean).join(' ')}: ${reason}`;
    sums.set(key, (sums.get(key) ?? 0) + 1);
  }
  return Object.fromEntries([...sums].sort(([, a], [, b]) => b - a));
}
