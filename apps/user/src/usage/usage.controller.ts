import { Controller } from '@nestjs/common';
import { GrpcMethod, Payload } from '@nestjs/microservices';
import { CodedError, estimatePercentileMs, type userV1 } from '@viernes/contracts';
import { Access, CurrentCaller, hasRole, type Caller } from '@viernes/platform';
import type { UsageRow } from './usage-report.js';
import { UsageReportRepository } from './usage-report.repository.js';
import { ListUsageRequest } from './usage.requests.js';

@Controller()
export class UsageController {
  constructor(private readonly reports: UsageReportRepository) {}

  @GrpcMethod('UserService', 'listUsage')
  @Access('household')
  async listUsage(
    @Payload({ schema: ListUsageRequest }) { cursor, pageSize, ...query }: ListUsageRequest,
    @CurrentCaller() caller: Caller,
  ): Promise<userV1.ListUsageResponse> {
    const isAdmin = hasRole(caller.role, 'admin');
    const { accountId = isAdmin ? undefined : caller.accountId } = query;
    if (!isAdmin && accountId !== caller.accountId) throw new CodedError('FORBIDDEN', { needs: 'admin' });
    const { apiKeyId, operation } = query;
    const { entries, nextCursor } = await this.reports.list(
      { ...query, accountId, apiKeyId, operation },
      cursor,
      pageSize,
    );
    return { rows: entries.map((row) => toUsageRowMessage(row, isAdmin)), nextCursor };
  }
}

function toUsageRowMessage({ startsAt, durations, ...row }: UsageRow, isAdmin: boolean): userV1.UsageRow {
  return {
    ...row,
    startsAt: startsAt.toISOString(),
    accountId: row.accountId ?? undefined,
    apiKeyId: row.apiKeyId ?? undefined,
    operation: row.operation ?? undefined,
    status: row.status ?? undefined,
    p50Ms: estimatePercentileMs(durations, 0.5),
    p95Ms: estimatePercentileMs(durations, 0.95),
    p99Ms: estimatePercentileMs(durations, 0.99),
    email: (isAdmin && row.email) || undefined,
    plan: row.plan ?? undefined,
    apiKeyName: row.apiKeyName ?? undefined,
    apiKeyPrefix: row.apiKeyPrefix ?? undefined,
  };
}
