import type { DescribedIssue } from './issue-text.js';

export const REPORT_COLUMNS = ['line', 'id', 'action', 'field', 'reason', 'before', 'after'] as const;

/** Returns the report of an import as CSV (RFC 4180), in the format of the command-line client. */
export function toReport(issues: readonly DescribedIssue[]): string {
  const rows = issues.map((issue) => REPORT_COLUMNS.map((column) => quote(String(issue[column]))));
  return [REPORT_COLUMNS, ...rows].map((cells) => `${cells.join(',')}\n`).join('');
}

function quote(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
