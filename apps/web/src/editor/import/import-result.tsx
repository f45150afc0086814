import { useEffect, useState } from 'react';
import { toReport } from './report.js';
import type { ImportSummary } from './use-import.js';

/** More rows make the page slow. The report contains all of them. */
const MAX_ISSUES = 200;

const OUTCOMES = { created: 'New', replaced: 'Changed', unchanged: 'Unchanged', rejected: 'Rejected' } as const;

export interface ImportResultProps {
  readonly summary: ImportSummary;
  readonly fileName: string;
}

/** The counts of an import, and what was repaired, dropped, and rejected. */
export function ImportResult({ summary: { batch, issues, counts }, fileName }: ImportResultProps) {
  return (
    <section className="panel" aria-labelledby="import-result">
      <h2 id="import-result">{batch?.rows ?? 0} rows</h2>
      <dl className="import-outcomes">
        {(Object.keys(OUTCOMES) as (keyof typeof OUTCOMES)[]).map((outcome) => (
          <div key={outcome}>
            <dt>{OUTCOMES[outcome]}</dt>
            <dd data-testid={`import-${outcome}`}>{batch?.outcomes[outcome] ?? 0}</dd>
          </div>
        ))}
      </dl>
      {issues.length === 0 ? (
        <p className="field-hint">No row was repaired or rejected.</p>
      ) : (
        <>
          <h3>Repaired and rejected values</h3>
          <ul className="import-counts">
            {Object.entries(counts).map(([issue, count]) => (
              <li key={issue}>
                {count} × {issue}
              </li>
            ))}
          </ul>
          <ReportLink issues={issues} fileName={fileName} />
          <div className="import-issues" role="region" aria-label="Repaired and rejected values by line" tabIndex={0}>
            <table>
              <thead>
                <tr>
                  <th scope="col">Line</th>
                  <th scope="col">ID</th>
                  <th scope="col">Action</th>
                  <th scope="col">Field</th>
                  <th scope="col">Reason</th>
                  <th scope="col">Before</th>
                  <th scope="col">After</th>
                </tr>
              </thead>
              <tbody>
                {issues.slice(0, MAX_ISSUES).map(({ line, id, action, field, reason, before, after }, index) => (
                  <tr key={index}>
                    <td>{line}</td>
                    <td>{id}</td>
                    <td>{action}</td>
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
            <p className="field-hint">
              The first {MAX_ISSUES} of {issues.length} values. The report contains all of them.
            </p>
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
        Download the report
      </a>
    </p>
  );
}
