import { t } from 'i18next';
import { formatNumber, formatShare } from '../language/format.js';
import { formatSize } from '../upload/format-size.js';
import type { UsageRow } from './usage-requests.js';
import { toDurationText } from './usage-table.js';

/** The totals of the period. */
export function UsageSummary({ total }: { readonly total: UsageRow }) {
  const { calls, clientErrors, serverErrors, responseBytes, p50Ms, p95Ms, p99Ms } = total;
  const facts = [
    [t('usage.calls'), formatNumber(calls)],
    [t('usage.clientErrors'), formatShare(clientErrors / calls)],
    [t('usage.serverErrors'), formatShare(serverErrors / calls)],
    [t('usage.bytes'), formatSize(responseBytes)],
    [t('usage.p50'), toDurationText(p50Ms)],
    [t('usage.p95'), toDurationText(p95Ms)],
    [t('usage.p99'), toDurationText(p99Ms)],
  ] as const;
  return (
    <dl className="usage-summary">
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
