import { t } from 'i18next';
import { useMemo } from 'react';
import { formatMilliseconds, formatMoment, formatNumber } from '../language/format.js';
import { UsageChart } from './usage-chart.js';
import type { UsageRow } from './usage-requests.js';
import { UsageTable } from './usage-table.js';

interface UsageOverTimeProps {
  /** In epoch milliseconds. */
  readonly intervals: readonly number[];
  readonly rows: readonly UsageRow[];
}

/** Charts of calls and durations, and a table with the same values. */
export function UsageOverTime({ intervals, rows }: UsageOverTimeProps) {
  const { calls, durations } = useMemo(() => {
    const byTime = new Map(rows.map((row) => [Date.parse(row.startsAt), row]));
    const list = <Value,>(read: (row: UsageRow | undefined) => Value): Value[] =>
      intervals.map((time) => read(byTime.get(time)));
    return {
      calls: [
        { label: t('usage.calls'), values: list((row) => row?.calls ?? 0) },
        { label: t('usage.clientErrors'), values: list((row) => row?.clientErrors ?? 0) },
        { label: t('usage.serverErrors'), values: list((row) => row?.serverErrors ?? 0) },
      ],
      durations: [
        { label: t('usage.p50'), values: list((row) => row?.p50Ms ?? null) },
        { label: t('usage.p95'), values: list((row) => row?.p95Ms ?? null) },
        { label: t('usage.p99'), values: list((row) => row?.p99Ms ?? null) },
      ],
    };
  }, [intervals, rows]);
  return (
    <>
      <section aria-labelledby="usage-calls">
        <h2 id="usage-calls">{t('usage.callsOverTime')}</h2>
        <UsageChart label={t('usage.callsOverTime')} times={intervals} lines={calls} format={formatNumber} />
      </section>
      <section aria-labelledby="usage-durations">
        <h2 id="usage-durations">{t('usage.durationsOverTime')}</h2>
        <UsageChart
          label={t('usage.durationsOverTime')}
          times={intervals}
          lines={durations}
          format={formatMilliseconds}
        />
      </section>
      <details>
        <summary>{t('usage.asTable')}</summary>
        <UsageTable
          caption={t('usage.callsOverTime')}
          rows={rows}
          keyOf={({ startsAt }) => startsAt}
          columns={[{ heading: t('usage.time'), cell: ({ startsAt }) => formatMoment(startsAt) }]}
        />
      </details>
    </>
  );
}
