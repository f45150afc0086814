import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { t } from 'i18next';
import { useMemo, useState } from 'react';
import { toMessage } from '../api/problem-messages.js';
import { SelectField } from '../ui/field.js';
import { DownloadCsv } from './download-csv.js';
import { listIntervals, PERIODS, toTimes, type Period } from './periods.js';
import { UsageOverTime } from './usage-over-time.js';
import { readUsage } from './usage-requests.js';
import { UsageSummary } from './usage-summary.js';
import { UsageTables } from './usage-tables.js';
import './usage.css';

/** @param accountId undefined: all accounts, for admins */
export function UsageReport({ accountId }: { readonly accountId?: string | undefined }) {
  const [period, setPeriod] = useState<Period>(PERIODS[0]);
  // The same times for all requests of a period.
  const times = useMemo(() => toTimes(period, Date.now()), [period]);
  const filter = useMemo(() => ({ ...times, ...(accountId !== undefined && { accountId }) }), [times, accountId]);
  const { data, error, isFetching } = useQuery({
    queryKey: ['usage', filter],
    queryFn: async ({ signal }) => {
      const read = (query: Parameters<typeof readUsage>[0]) => readUsage({ ...filter, ...query }, signal);
      const [overTime, total, callers, operations] = await Promise.all([
        read({ interval: period.interval }),
        read({ interval: 'total' }),
        read({ interval: 'total', groupBy: ['account', 'apiKey'], sort: 'calls', pageSize: 20 }),
        read({ interval: 'total', groupBy: ['operation'], sort: 'calls', pageSize: 20 }),
      ]);
      return {
        intervals: listIntervals(period, times.from, times.to),
        overTime: overTime.rows,
        total: total.rows[0],
        callers: callers.rows,
        operations: operations.rows,
      };
    },
    placeholderData: keepPreviousData,
  });
  return (
    <div className="usage" aria-busy={isFetching}>
      <div className="usage-controls">
        <SelectField
          label={t('usage.period')}
          value={period.name}
          onChange={({ target }) => setPeriod(PERIODS.find(({ name }) => name === target.value) ?? PERIODS[0])}
        >
          {PERIODS.map(({ name }) => (
            <option key={name} value={name}>
              {t(`usage.${name}`)}
            </option>
          ))}
        </SelectField>
        <DownloadCsv
          query={{ ...filter, interval: period.interval, groupBy: ['account', 'apiKey', 'operation', 'status'] }}
        />
      </div>
      {error ? <p className="form-problem">{toMessage(error)}</p> : null}
      {data?.total ? (
        <>
          <UsageSummary total={data.total} />
          <UsageOverTime intervals={data.intervals} rows={data.overTime} />
          <UsageTables callers={data.callers} operations={data.operations} hasAccounts={accountId === undefined} />
        </>
      ) : null}
      {data && !data.total ? <p className="field-hint">{t('usage.none')}</p> : null}
    </div>
  );
}
