import { t } from 'i18next';
import { useEffect, useState } from 'react';
import { formatNumber } from '../../language/format.js';
import { REPORT_COLUMNS, toReport } from './report.js';
import type { ImportSummary } from './use-import.js';

/** More rows make the page slow. The report contains all of them. */
const MAX_ISSUES = 200;

const OUTCOMES = ['created', 'replaced', 'unchanged', 'rejected'] as const;

export interface ImportResultProps {
  readonly summary: ImportSummary;
  readonly fileName: string;
}

/** The counts of an import, and its repaired, dropped, and rejected values. */
export function ImportResult({ summary: { batch, issues, counts }, fileName }: ImportResultProps) {
  return (
    <section className="panel" aria-labelledby="import-result">
      <h2 id="import-result">{t('editor.import.rowCount', { count: batch?.rows ?? 0 })}</h2>
      <dl className="import-outcomes">
        {OUTCOMES.map((outcome) => (
          <div key={outcome}>
            <dt>{t(`editor.import.outcomes.${outcome}`)}</dt>
            <dd data-testid={`import-${outcome}`}>{formatNumber(batch?.outcomes[outcome] ?? 0)}</dd>
          </div>
        ))}
      </dl>
      {issues.length === 0 ? (
        <p className="field-hint">{t('editor.import.noIssues')}</p>
      ) : (
        <>
          <h3>{t('editor.import.issues')}</h3>
          <ul className="import-counts">
            {Object.entries(counts).map(([issue, count]) => (
              <li key={issue}>{t('editor.import.countedIssue', { count, issue })}</li>
            ))}
          </ul>
          <ReportLink issues={issues} fileName={fileName} />
          <div className="import-issues" role="region" aria-label={t('editor.import.issuesByLine')} tabIndex={0}>
            <table>
              <thead>
                <tr>
                  {REPORT_COLUMNS.map((column) => (
                    <th key={column} scope="col">
                      {t(`editor.import.columns.${column}`)}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {issues.slice(0, MAX_ISSUES).map(({ line, id, action, field, reason, before, after }, index) => (
                  <tr key={index}>
                    <td>{line}</td>
                    <td>{id}</td>
                    <td>{t(`editor.import.actions.${action}`)}</td>
                    <td>{field}</td>
                    <td>{reason}</td>
                    <td>{before}</td>
                    <td>{after}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
          {issues.length > MAX_ISSUES ? (
            <p className="field-hint">{t('editor.import.firstIssues', { max: MAX_ISSUES, total: issues.length })}</p>
          ) : null}
        </>
      )}
    </section>
  );
}

function ReportLink({ issues, fileName }: Pick<ImportSummary, 'issues'> & { readonly fileName: string }) {
  const [url, setUrl] = useState<string>();
  useEffect(() => {
    const created = URL.createObjectURL(new Blob([toReport(issues)], { type: 'text/csv' }));
    setUrl(created);
    return () => URL.revokeObjectURL(created);
  }, [issues]);
  return (
    <p className="editor-links">
      <a href={url} download={`${fileName}.report.csv`}>
        {t('editor.import.report')}
      </a>
    </p>
  );
}
