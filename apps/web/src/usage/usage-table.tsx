import { t } from 'i18next';
import type { ReactNode } from 'react';
import { formatMilliseconds, formatNumber } from '../language/format.js';
import type { UsageRow } from './usage-requests.js';

export interface UsageColumn {
  readonly heading: string;
  readonly cell: (row: UsageRow) => ReactNode;
}

interface UsageTableProps {
  readonly caption: string;
  readonly rows: readonly UsageRow[];
  readonly keyOf: (row: UsageRow) => string;
  /** The columns before the common ones. The first one identifies the row. */
  readonly columns: readonly UsageColumn[];
}

/** Rows of a report with their calls, errors and durations. On small screens, the table scrolls, also with the keyboard. */
export function UsageTable({ caption, rows, keyOf, columns }: UsageTableProps) {
  const [name, ...others] = columns;
  const all: readonly UsageColumn[] = [
    ...others,
    { heading: t('usage.calls'), cell: ({ calls }) => formatNumber(calls) },
    { heading: t('usage.clientErrors'), cell: ({ clientErrors }) => formatNumber(clientErrors) },
    { heading: t('usage.serverErrors'), cell: ({ serverErrors }) => formatNumber(serverErrors) },
    { heading: t('usage.p50'), cell: ({ p50Ms }) => toDurationText(p50Ms) },
    { heading: t('usage.p95'), cell: ({ p95Ms }) => toDurationText(p95Ms) },
    { heading: t('usage.p99'), cell: ({ p99Ms }) => toDurationText(p99Ms) },
  ];
  return (
    <div className="usage-table" role="group" aria-label={caption} tabIndex={0}>
      <table>
        <thead>
          <tr>
            <th scope="col">{name?.heading}</th>
            {all.map(({ heading }) => (
              <th key={heading} scope="col">
                {heading}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={keyOf(row)}>
              <th scope="row">{name?.cell(row)}</th>
              {all.map(({ heading, cell }) => (
                <td key={heading}>{cell(row)}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** Formats a duration, or a dash if no call was measured. */
export const toDurationText = (durationMs: number | null): string =>
  durationMs === null ? '–' : formatMilliseconds(durationMs);
