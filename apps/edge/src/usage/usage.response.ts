import type { UsageDimension, userV1 } from '@viernes/contracts';
import type { ResponseOf } from '@viernes/gateway';
import { required } from '../upstream/required.js';
import type { listUsage } from './usage.operations.js';

type UsageRowResponse = ResponseOf<typeof listUsage>['rows'][number];

/**
 * Returns the counts, and the fields of the requested dimensions.
 *
 * @param remainingCalls undefined if the report does not contain them
 */
export function toUsageRowResponse(
  row: userV1.UsageRow,
  dimensions: readonly UsageDimension[],
  remainingCalls: number | null | undefined,
): UsageRowResponse {
  const has = (dimension: UsageDimension) => dimensions.includes(dimension);
  return {
    startsAt: required(row.startsAt, 'starts_at'),
    ...(has('account') && { accountId: row.accountId ?? null, email: row.email ?? null }),
    ...(has('apiKey') && {
      apiKeyId: row.apiKeyId ?? null,
      apiKeyName: row.apiKeyName ?? null,
      apiKeyPrefix: row.apiKeyPrefix ?? null,
    }),
    ...(has('operation') && { operation: row.operation ?? null }),
    ...(has('status') && { status: row.status ?? null }),
    calls: row.calls,
    clientErrors: row.clientErrors,
    serverErrors: row.serverErrors,
    responseBytes: row.responseBytes,
    p50Ms: row.p50Ms ?? null,
    p95Ms: row.p95Ms ?? null,
    p99Ms: row.p99Ms ?? null,
    ...(remainingCalls !== undefined && { remainingCalls }),
  };
}
