import { Inject, Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { Database, Transactions, type Transaction } from '@viernes/database';
import type { ConsumerRecord } from '@viernes/kafka';
import { PeriodicTasks } from '@viernes/platform';
import { LessThan } from 'typeorm';
import { MESSAGING_CONFIG, type MessagingConfig } from '../config/messaging.config.js';
import { insertForwarded } from '../outbox/outbox-rows.js';
import { toConsumerRecord, toStoredEvent } from '../store/stored-event.js';
import { retryTopic } from '../topics/service-topics.js';
import { PendingRetryEntity } from './pending-retry.entity.js';

const RESEND_INTERVAL_MS = 60_000;
/** Much longer than any delay of a retry, and longer than most pauses of a partition. */
const OVERDUE_MS = 600_000;
const RESEND_ROWS = 100;

export type NextAttempt = Pick<PendingRetryEntity, 'attempts' | 'dueAt' | 'firstFailedAt'>;

/**
 * The events that consumers have to retry, table `pending_retry` (decision 12). With each row, one message is sent to
 * the retry topic through the outbox. The message triggers the attempt when it is due.
 */
@Injectable()
export class RetryQueue implements OnApplicationBootstrap {
  private readonly logger = new Logger(RetryQueue.name);

  constructor(
    private readonly database: Database,
    private readonly transactions: Transactions,
    private readonly tasks: PeriodicTasks,
    @Inject(MESSAGING_CONFIG) private readonly config: Pick<MessagingConfig, 'service'>,
  ) {}

  onApplicationBootstrap(): void {
    const run = this.database.whileReady(() => this.resendOverdue(new Date()));
    this.tasks.add({ name: 'overdue retries', intervalMs: RESEND_INTERVAL_MS, run });
  }

  /** Schedules the next attempt. Replaces the schedule of an event that is pending. */
  async schedule(tx: Transaction, consumer: string, record: ConsumerRecord, next: NextAttempt): Promise<void> {
    const row = { ...toStoredEvent(consumer, record), ...next };
    await tx.upsert(PendingRetryEntity, row, ['consumer', 'eventId']);
    const extensions = { consumer, due_at: next.dueAt.toISOString() };
    await insertForwarded(tx, { ...record, topic: retryTopic(record.topic, this.config.service), extensions });
  }

  /** Finds a pending event and locks it until the transaction ends. */
  lock(tx: Transaction, consumer: string, eventId: string): Promise<PendingRetryEntity | null> {
    const lock = { mode: 'pessimistic_write' } as const;
    return tx.findOne(PendingRetryEntity, { where: { consumer, eventId }, lock });
  }

  async remove(tx: Transaction, consumer: string, eventId: string): Promise<void> {
    await tx.delete(PendingRetryEntity, { consumer, eventId });
  }

  /**
   * Sends the messages of retries again that are overdue by ten minutes. A message is lost if the service was down for
   * longer than the retention of the retry topic, or if a version of the service without the consumer received it. A
   * second message for an event has no effect.
   * @returns the number of messages
   */
  async resendOverdue(now: Date): Promise<number> {
    const count = await this.transactions.run(async (tx) => {
      const rows = await tx.find(PendingRetryEntity, {
        where: { dueAt: LessThan(new Date(now.getTime() - OVERDUE_MS)) },
        order: { id: 'ASC' },
        take: RESEND_ROWS,
        lock: { mode: 'pessimistic_write', onLocked: 'skip_locked' },
      });
      for (const row of rows) {
        const { consumer, attempts, firstFailedAt } = row;
        await this.schedule(tx, consumer, toConsumerRecord(row), { attempts, dueAt: now, firstFailedAt });
      }
      return rows.length;
    });
    if (count > 0) this.logger.warn({ count }, 'overdue retries sent again');
    return count;
  }
}
