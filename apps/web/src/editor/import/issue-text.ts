import type { HeaderProblem, ReportedIssue } from '@viernes/title-csv';
import { t } from 'i18next';
import { formatList } from '../../language/format.js';

/** An issue with its texts in the language of the app. */
export interface DescribedIssue extends Omit<ReportedIssue, 'reason' | 'earlierLine'> {
  readonly reason: string;
}

export function describeIssue({ reason, earlierLine, ...issue }: ReportedIssue): DescribedIssue {
  return {
    ...issue,
    reason: t(`editor.import.reasons.${reason.code}`, reason.values ?? {}),
    before: earlierLine === undefined ? issue.before : t('editor.import.earlierLine', { number: earlierLine }),
  };
}

/** Returns the text under which issues of the same kind are counted. */
export function toCountedText({ action, field, reason }: DescribedIssue): string {
  const texts = { action: t(`editor.import.actions.${action}`), field, reason };
  return field === '' ? t('editor.import.issueOfRow', texts) : t('editor.import.issue', texts);
}

export function toHeaderText(problem: HeaderProblem, file: string): string {
  if (problem.code === 'invalidQuotes') return t('editor.import.fileErrors.invalidQuotes', { file });
  const { column, columns, delimiter } = problem;
  return t('editor.import.fileErrors.noNameColumn', {
    file,
    column,
    columns: formatList(columns).slice(0, 500),
    delimiter: JSON.stringify(delimiter),
  });
}
