import { Controller, Inject, Req, Res } from '@nestjs/common';
import { USAGE_DIMENSIONS, USAGE_INTERVALS, USAGE_ORDERS, type userV1 } from '@viernes/contracts';
import { Handles, Input, Plans, type InputOf, type ResponseOf } from '@viernes/gateway';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { USER, type UserClient } from '../upstream/upstream.js';
import { toReportPeriod, type ReportPeriod } from './report-period.js';
import { listUsage } from './usage.operations.js';
import { toUsageRowResponse } from './usage.response.js';

@Controller()
export class UsageController {
  constructor(
    @Inject(USER) private readonly user: UserClient,
    private readonly plans: Plans,
  ) {}

  @Handles(listUsage)
  async list(
    @Input(listUsage) { query }: InputOf<typeof listUsage>,
    @Req() { url }: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ResponseOf<typeof listUsage>> {
    const { interval = 'hour', groupBy = [], sort = 'time', accountId, apiKeyId, operation } = query;
    const period = toReportPeriod(query, Date.now());
    const { rows, nextCursor } = await this.user.listUsage({
      ...period,
      // The numbers of the protobuf enums are the positions in these lists, starting with 1.
      interval: USAGE_INTERVALS.indexOf(interval) + 1,
      dimensions: groupBy.map((dimension) => USAGE_DIMENSIONS.indexOf(dimension) + 1),
      order: USAGE_ORDERS.indexOf(sort) + 1,
      ...{ accountId, apiKeyId, operation },
      pageSize: query.pageSize ?? 0,
      cursor: query.cursor ?? '',
    });
    if (nextCursor) reply.header('link', `<${toNextUrl(url, period, nextCursor)}>; rel="next"`);
    // The remaining calls are those of the current month, so the row of an hour or a day has none.
    const hasRemaining = interval === 'total' && groupBy.includes('account');
    const remaining = hasRemaining ? await Promise.all(rows.map((row) => this.findRemainingCalls(row))) : [];
    return {
      ...period,
      rows: rows.map((row, index) => toUsageRowResponse(row, groupBy, remaining[index])),
      nextCursor: nextCursor || null,
    };
  }

  /** Returns null if the plan has no quota, or its budget is temporarily unknown. */
  private async findRemainingCalls({ accountId, plan }: userV1.UsageRow): Promise<number | null> {
    if (accountId === undefined || plan === undefined) return null;
    const [budget] = await this.plans.read({ accountId, plan });
    if (budget?.plan.callsPerMonth === undefined) return null;
    return budget.remaining?.remainingCalls ?? null;
  }
}

/**
 * Returns the URL of the next page for CSV, which has no field for the cursor. Contains the period, because its defaults
 * depend on the time of the request.
 */
function toNextUrl(url: string, period: ReportPeriod, cursor: string): string {
  const [path, query] = url.split('?', 2);
  const parameters = new URLSearchParams(query);
  for (const [name, value] of Object.entries({ ...period, cursor })) parameters.set(name, value);
  return `${path}?${parameters.toString()}`;
}
