import { t } from 'i18next';
import type { ReactNode } from 'react';
import { formatNumber } from '../language/format.js';
import type { UsageRow } from './usage-requests.js';
import { UsageTable, type UsageColumn } from './usage-table.js';

interface UsageTablesProps {
  readonly callers: readonly UsageRow[];
  readonly operations: readonly UsageRow[];
  /** Whether the rows belong to several accounts. */
  readonly hasAccounts: boolean;
}

/** The API keys, sessions and operations with the most calls. */
export function UsageTables({ callers, operations, hasAccounts }: UsageTablesProps) {
  const account: UsageColumn = {
    heading: t('usage.account'),
    cell: ({ accountId, email }) => email ?? accountId ?? t('usage.anonymous'),
  };
  const key: UsageColumn = { heading: t('usage.key'), cell: toKeyCell };
  const remaining: UsageColumn = { heading: t('usage.remaining'), cell: toRemainingText };
  return (
    <>
      <section aria-labelledby="usage-callers">
        <h2 id="usage-callers">{t('usage.topCallers')}</h2>
        <UsageTable
          caption={t('usage.topCallers')}
          rows={callers}
          keyOf={({ accountId, apiKeyId }) => `${accountId} ${apiKeyId}`}
          columns={hasAccounts ? [account, key, remaining] : [key, remaining]}
        />
      </section>
      <section aria-labelledby="usage-operations">
        <h2 id="usage-operations">{t('usage.topOperations')}</h2>
        <UsageTable
          caption={t('usage.topOperations')}
          rows={operations}
          keyOf={({ operation }) => String(operation)}
          columns={[{ heading: t('usage.operation'), cell: ({ operation }) => <code>{operation}</code> }]}
        />
      </section>
    </>
  );
}

function toKeyCell({ apiKeyId, apiKeyName, apiKeyPrefix }: UsageRow): ReactNode {
  if (apiKeyId === null || apiKeyId === undefined) return t('usage.withoutKey');
  if (!apiKeyName) return t('usage.revokedKey');
  return (
    <>
      {apiKeyName} <code>{`${apiKeyPrefix}…`}</code>
    </>
  );
}

function toRemainingText({ accountId, remainingCalls }: UsageRow): string {
  if (accountId === null) return '–';
  return typeof remainingCalls === 'number' ? formatNumber(remainingCalls) : t('usage.unlimited');
}
