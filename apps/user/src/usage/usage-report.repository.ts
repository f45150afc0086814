import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import type { UsageDimension, UsageInterval, UsageOrder } from '@viernes/contracts';
import { PageCursor, type Page } from '@viernes/platform';
import { Repository } from 'typeorm';
import { z } from 'zod';
import { UsageHourEntity } from './usage-hour.entity.js';
import type { UsageQuery, UsageRow } from './usage-report.js';

/** The start of an interval in SQL. `$1` is the start of the report. */
const STARTS_AT: Readonly<Record<UsageInterval, string>> = {
  hour: 'hour_at',
  day: `date_trunc('day', hour_at, 'UTC')`,
  total: '$1::timestamptz',
};

const COLUMNS: Readonly<Record<UsageDimension, { readonly name: string; readonly type: string }>> = {
  account: { name: 'account_id', type: 'uuid' },
  apiKey: { name: 'api_key_id', type: 'uuid' },
  operation: { name: 'operation', type: 'text' },
  status: { name: 'status', type: 'smallint' },
};

/** The start, the calls, and the values of the dimensions of a row. */
const CURSOR = new PageCursor('usage', z.tuple([z.iso.datetime(), z.int().min(0), z.string().max(300)]));
type UsagePosition = NonNullable<ReturnType<typeof CURSOR.decode>>;

interface ReportOrder {
  readonly columns: string;
  /** The condition for rows after the cursor. The values of the cursor are the parameters from `$7` on. */
  readonly isAfter: string;
  readonly values: (last: UsagePosition) => readonly unknown[];
}

/** Each order is unique, so that a page continues exactly after the previous one. */
const ORDERS: Readonly<Record<UsageOrder, ReportOrder>> = {
  time: {
    columns: 'starts_at, key',
    isAfter: '(starts_at, key) > ($7::timestamptz, $8::text)',
    values: ([startsAt, , key]) => [startsAt, key],
  },
  calls: {
    columns: 'calls DESC, starts_at, key',
    isAfter: '(-calls, starts_at, key) > (-$9::bigint, $7::timestamptz, $8::text)',
    values: ([startsAt, calls, key]) => [startsAt, key, calls],
  },
};

@Injectable()
export class UsageReportRepository {
  constructor(@InjectRepository(UsageHourEntity) private readonly hours: Repository<UsageHourEntity>) {}

  /** Adds up the hours of a report. @throws CodedError CURSOR_INVALID */
  async list(query: UsageQuery, cursor: string, pageSize: number): Promise<Page<UsageRow>> {
    const after = CURSOR.decode(cursor);
    const { from, to, accountId, apiKeyId, operation } = query;
    // Raw SQL: the query builder has no lateral join, and the histograms must be added up in the database.
    const found = await this.hours.query<RawRow[]>(toSql(query, after !== undefined), [
      ...[from, to, accountId ?? null, apiKeyId ?? null, operation ?? null],
      pageSize + 1,
      ...(after ? ORDERS[query.order].values(after) : []),
    ]);
    const { entries, nextCursor } = CURSOR.toPage(found, pageSize, (last) => [
      last.starts_at.toISOString(),
      Number(last.calls),
      last.key,
    ]);
    return { entries: entries.map(toUsageRow), nextCursor };
  }
}

function toSql({ interval, dimensions, order }: UsageQuery, hasCursor: boolean): string {
  const columns = Object.entries(COLUMNS).map(([dimension, { name, type }]) =>
    dimensions.some((requested) => requested === dimension) ? name : `NULL::${type} AS ${name}`,
  );
  const { columns: orderBy, isAfter } = ORDERS[order];
  return `
    WITH counted AS MATERIALIZED (
      SELECT *, concat_ws(' ', coalesce(account_id::text, '-'), coalesce(api_key_id::text, '-'), operation, status) AS key
      FROM (SELECT ${STARTS_AT[interval]} AS starts_at, ${columns.join(', ')}, status AS code, calls, response_bytes, durations
        FROM usage_hour
        WHERE hour_at >= $1 AND hour_at < $2 AND ($3::uuid IS NULL OR account_id = $3)
          AND ($4::uuid IS NULL OR api_key_id = $4) AND ($5::text IS NULL OR operation = $5)) hours
    ), page AS (
      SELECT * FROM (
        SELECT starts_at, key, account_id, api_key_id, operation, status, sum(calls)::bigint AS calls,
          coalesce(sum(calls) FILTER (WHERE code BETWEEN 400 AND 499), 0)::bigint AS client_errors,
          coalesce(sum(calls) FILTER (WHERE code >= 500), 0)::bigint AS server_errors,
          sum(response_bytes)::bigint AS response_bytes
        FROM counted GROUP BY starts_at, key, account_id, api_key_id, operation, status
      ) groups
      ${hasCursor ? `WHERE ${isAfter}` : ''} ORDER BY ${orderBy} LIMIT $6
    ), histogram AS (
      SELECT starts_at, key, jsonb_object_agg(bucket, bucket_calls) AS durations FROM (
        SELECT starts_at, counted.key, bucket.key AS bucket, sum(bucket.value::bigint) AS bucket_calls
        FROM counted JOIN page USING (starts_at, key) CROSS JOIN LATERAL jsonb_each_text(counted.durations) bucket
        GROUP BY starts_at, counted.key, bucket.key
      ) buckets GROUP BY starts_at, key
    )
    SELECT page.*, histogram.durations, account.email, account.plan, api_key.name AS api_key_name,
      api_key.prefix AS api_key_prefix
    FROM page LEFT JOIN histogram USING (starts_at, key) LEFT JOIN account ON account.id = page.account_id
      LEFT JOIN api_key ON api_key.id = page.api_key_id AND api_key.revoked_at IS NULL
    ORDER BY ${orderBy}`;
}

/** pg returns bigint as text. */
interface RawRow {
  readonly starts_at: Date;
  readonly key: string;
  readonly account_id: string | null;
  readonly api_key_id: string | null;
  readonly operation: string | null;
  readonly status: number | null;
  readonly calls: string;
  readonly client_errors: string;
  readonly server_errors: string;
  readonly response_bytes: string;
  readonly durations: Readonly<Record<string, number>> | null;
  readonly email: string | null;
  readonly plan: string | null;
  readonly api_key_name: string | null;
  readonly api_key_prefix: string | null;
}

function toUsageRow(row: RawRow): UsageRow {
  const { operation, status, email, plan } = row;
  return {
    ...{ operation, status, email, plan },
    startsAt: row.starts_at,
    accountId: row.account_id,
    apiKeyId: row.api_key_id,
    calls: Number(row.calls),
    clientErrors: Number(row.client_errors),
    serverErrors: Number(row.server_errors),
    responseBytes: Number(row.response_bytes),
    durations: new Map(Object.entries(row.durations ?? {}).map(([bucket, count]) => [Number(bucket), count])),
    apiKeyName: row.api_key_name,
    apiKeyPrefix: row.api_key_prefix,
  };
}
