import { Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { Database, Transactions } from '@viernes/database';
import { PeriodicTasks } from '@viernes/platform';
import { LessThan } from 'typeorm';
import { HandlerRegistry } from '../event/event-consumer.js';
import { toConsumerRecord } from '../store/stored-event.js';
import { PendingRetryEntity } from './pending-retry.entity.js';
import { RetryQueue } from './retry-queue.js';

const INTERVAL_MS = 60_000;
/** Much longer than any delay of a retry and than most pauses of a partition. */
const OVERDUE_MS = 600_000;
const BATCH_ROWS = 100;

/**
 * Sends lost messages of retries again. A message is lost if the service was down for longer than the retention of the
 * retry topic, or if it was delivered to a version of the service without its consumer.
 */
@Injectable()
export class OverdueRetries implements OnApplicationBootstrap {
  private readonly logger = new Logger(OverdueRetries.name);

  constructor(
    private readonly database: Database,
    private readonly transactions: Transactions,
    private readonly retries: RetryQueue,
    private readonly registry: HandlerRegistry,
    private readonly tasks: PeriodicTasks,
  ) {}

  onApplicationBootstrap(): void {
    if (this.registry.handlers.length === 0) return;
    const run = this.database.whileReady(() => this.resend(new Date()));
    this.tasks.add({ name: 'overdue retries', intervalMs: INTERVAL_MS, run });
  }

  /**
   * Sends the messages of retries that were due ten minutes ago. A second message for an event has no effect.
   * @returns the number of messages
   */
  async resend(now: Date): Promise<number> {
    const count = await this.transactions.run(async (tx) => {
      const rows = await tx.find(PendingRetryEntity, {
        where: { dueAt: LessThan(new Date(now.getTime() - OVERDUE_MS)) },
        order: { id: 'ASC' },
        take: BATCH_ROWS,
        lock: { mode: 'pessimistic_write', onLocked: 'skip_locked' },
      });
      for (const row of rows) {
        const { consumer, attempts, firstFailedAt } = row;
        await this.retries.schedule(tx, consumer, toConsumerRecord(row), { attempts, dueAt: now, firstFailedAt });
      }
      return rows.length;
    });
    if (count > 0) this.logger.warn({ count }, 'overdue retries sent again');
    return count;
  }
}
