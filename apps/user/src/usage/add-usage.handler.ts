import { Injectable } from '@nestjs/common';
import { DURATION_BUCKETS, UsageCountedV1, type edgeEventsV1 } from '@viernes/contracts';
import type { Transaction } from '@viernes/database';
import { EventConsumer, type EventHandler, type Received } from '@viernes/messaging';
import { parseRequest, timestamp, uuid } from '@viernes/platform';
import { z } from 'zod';
import type { HourlyUsage } from './usage.js';
import { UsageRepository } from './usage.repository.js';

const count = z.int().min(0);
const bucket = z.coerce
  .number()
  .int()
  .min(0)
  .max(DURATION_BUCKETS - 1)
  .transform(String);

const UsageCounted = z.object({
  usages: z.array(
    z.object({
      hourAt: timestamp,
      accountId: uuid.optional(),
      apiKeyId: uuid.optional(),
      operation: z.string().min(1).max(100),
      status: z.int().min(100).max(599),
      calls: count,
      responseBytes: count,
      durations: z.record(bucket, count),
    }),
  ),
});

/** Adds the calls that an edge has counted to the rows of their hours. */
@Injectable()
@EventConsumer()
export class AddUsage implements EventHandler<edgeEventsV1.UsageCounted> {
  readonly consumer = 'user.add-usage';
  readonly event = UsageCountedV1;

  constructor(private readonly usage: UsageRepository) {}

  async handle(tx: Transaction, received: Received<edgeEventsV1.UsageCounted>): Promise<void> {
    await this.handleAll(tx, [received]);
  }

  async handleAll(tx: Transaction, received: readonly Received<edgeEventsV1.UsageCounted>[]): Promise<void> {
    await this.usage.add(
      tx,
      received.flatMap(({ data }) => toHourlyUsage(data)),
    );
  }
}

/** @throws CodedError REQUEST_INVALID if the event violates its contract */
function toHourlyUsage(data: edgeEventsV1.UsageCounted): HourlyUsage[] {
  const { usages } = parseRequest(UsageCounted, data);
  return usages.map(({ accountId = null, apiKeyId = null, ...usage }) => ({ ...usage, accountId, apiKeyId }));
}
