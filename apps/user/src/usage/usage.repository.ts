import { Injectable } from '@nestjs/common';
import { USAGE_RETENTION_DAYS } from '@viernes/contracts';
import { RowCleanups, type Transaction } from '@viernes/database';
import { AccountEntity } from '../account/account.entity.js';
import { UsageHourEntity } from './usage-hour.entity.js';
import { anonymize, mergeUsage, type HourlyUsage } from './usage.js';

/** Adds up the calls per bucket of the stored and the new row. */
const ADDED_DURATIONS = `(SELECT coalesce(jsonb_object_agg(bucket, calls), '{}') FROM
  (SELECT key AS bucket, sum(value::bigint) AS calls FROM
    (SELECT * FROM jsonb_each_text(usage_hour.durations) UNION ALL SELECT * FROM jsonb_each_text(excluded.durations))
   GROUP BY key))`;

@Injectable()
export class UsageRepository {
  constructor(cleanups: RowCleanups) {
    cleanups.add({
      table: 'usage_hour',
      key: 'id',
      where: `hour_at < now() - make_interval(days => ${USAGE_RETENTION_DAYS})`,
      orderBy: 'hour_at',
    });
  }

  /** Adds to the stored counts. Counts of deleted accounts are added without the account. */
  async add(tx: Transaction, usage: readonly HourlyUsage[]): Promise<void> {
    const accountIds = [...new Set(usage.flatMap(({ accountId }) => accountId ?? []))];
    const existing = await this.lockAccounts(tx, accountIds);
    const isKnown = ({ accountId }: HourlyUsage) => accountId === null || existing.has(accountId);
    await this.upsert(
      tx,
      usage.map((counted) => (isKnown(counted) ? counted : anonymize(counted))),
    );
  }

  /** Removes an account from its usage, before the account is deleted. The sums of the platform do not change. */
  async forgetAccount(tx: Transaction, accountId: string): Promise<void> {
    // Locks in the order of `add`, so that both cannot deadlock.
    await tx.findOne(AccountEntity, { where: { id: accountId }, lock: { mode: 'pessimistic_write' } });
    const rows = await tx.findBy(UsageHourEntity, { accountId });
    await tx.delete(UsageHourEntity, { accountId });
    await this.upsert(tx, rows.map(anonymize));
  }

  /** Returns the IDs of existing accounts, and prevents their deletion until the transaction ends. */
  private async lockAccounts(tx: Transaction, accountIds: readonly string[]): Promise<ReadonlySet<string>> {
    const rows = await tx
      .createQueryBuilder(AccountEntity, 'account')
      .select('account.id')
      .where('account.id = ANY(:accountIds)', { accountIds })
      .setLock('for_key_share')
      .getMany();
    return new Set(rows.map(({ id }) => id));
  }

  private async upsert(tx: Transaction, usage: readonly HourlyUsage[]): Promise<void> {
    // Raw SQL: the query builder cannot refer to the stored row in an ON CONFLICT update.
    await tx.query(
      `INSERT INTO usage_hour
         (hour_at, account_id, api_key_id, operation, status, calls, response_bytes, durations)
       SELECT "hourAt", "accountId", "apiKeyId", operation, status, calls, "responseBytes", durations
       FROM jsonb_to_recordset($1) AS new ("hourAt" timestamptz, "accountId" uuid, "apiKeyId" uuid, operation text,
         status smallint, calls bigint, "responseBytes" bigint, durations jsonb)
       ON CONFLICT ON CONSTRAINT usage_hour_unique DO UPDATE SET calls = usage_hour.calls + excluded.calls,
         response_bytes = usage_hour.response_bytes + excluded.response_bytes, durations = ${ADDED_DURATIONS}`,
      [JSON.stringify(mergeUsage(usage))],
    );
  }
}
