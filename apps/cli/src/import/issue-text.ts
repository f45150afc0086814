import type { HeaderProblem, IssueReason, ReportedIssue } from '@viernes/title-csv';
import { translate } from '@viernes/translations';

/** An issue as a line of the report. Output of the command-line client is English. */
export interface DescribedIssue extends Pick<ReportedIssue, 'line' | 'id' | 'action' | 'field' | 'before' | 'after'> {
  readonly reason: string;
}

export function describeIssue({ reason, earlierLine, ...issue }: ReportedIssue): DescribedIssue {
  const before =
    earlierLine === undefined ? issue.before : translate('web.editor.import.earlierLine', { number: earlierLine });
  return { ...issue, reason: toText(reason), before };
}

/** Returns the key under which an issue is counted: `repaired country: contains an empty item`. */
export function toCountedText({ action, field, reason }: DescribedIssue): string {
  return `${[action, field].filter(Boolean).join(' ')}: ${reason}`;
}

export function toHeaderText(problem: HeaderProblem, file: string): string {
  if (problem.code === 'invalidQuotes') return translate('web.editor.import.fileErrors.invalidQuotes', { file });
  return translate('web.editor.import.fileErrors.noNameColumn', {
    file,
    column: problem.column,
    columns: problem.columns.join(', ').slice(0, 500),
    delimiter: JSON.stringify(problem.delimiter),
  });
}

function toText({ code, values }: IssueReason): string {
  return translate(`web.editor.import.reasons.${code}`, values);
}
