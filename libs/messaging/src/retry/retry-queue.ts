import { Inject, Injectable } from '@nestjs/common';
import type { Transaction } from '@viernes/database';
import type { ConsumerRecord } from '@viernes/kafka';
import { MESSAGING_CONFIG, type MessagingConfig } from '../config/messaging.config.js';
import { InboxEntity } from '../inbox/inbox.entity.js';
import { insertForwarded } from '../outbox/outbox-rows.js';
import { toConsumerRecord, toStoredEvent } from '../store/stored-event.js';
import { retryTopic } from '../topics/service-topics.js';
import { PendingRetryEntity } from './pending-retry.entity.js';

/** Much longer than any delay of a retry and than most pauses of a partition. */
const OVERDUE_MS = 600_000;
const OVERDUE_BATCH = 100;

export interface NextAttempt {
  /** Failed attempts so far that count toward the limit. */
  readonly attempts: number;
  readonly dueAt: Date;
  readonly firstFailedAt: Date;
}

export interface PendingRetry extends NextAttempt {
  readonly record: ConsumerRecord;
}

/**
 * The events that consumers have to retry, table `pending_retry` (ADR 12). With each row, one message is sent to the retry
 * topic through the outbox. It triggers the attempt when it is due.
 */
@Injectable()
export class RetryQueue {
  constructor(@Inject(MESSAGING_CONFIG) private readonly config: Pick<MessagingConfig, 'service'>) {}

  /** Schedules the next attempt. Replaces the schedule of an event that is pending. */
  async schedule(tx: Transaction, consumer: string, record: ConsumerRecord, next: NextAttempt): Promise<void> {
    const row = { ...toStoredEvent(consumer, record), ...next };
    await tx.upsert(PendingRetryEntity, row, ['consumer', 'eventId']);
    const extensions = { consumer, due_at: next.dueAt.toISOString() };
    await insertForwarded(tx, { ...record, topic: retryTopic(record.topic, this.config.service), extensions });
  }

  /** Delivers an event again, with all attempts. The caller makes sure that each decision does so once. */
  async redrive(tx: Transaction, consumer: string, record: ConsumerRecord, now: Date): Promise<void> {
    await tx.delete(InboxEntity, { consumer, eventId: record.id });
    await this.schedule(tx, consumer, record, { attempts: 0, dueAt: now, firstFailedAt: now });
  }

  /** Finds a pending event and locks it until the transaction ends. */
  async lock(tx: Transaction, consumer: string, eventId: string): Promise<PendingRetry | undefined> {
    const row = await tx.findOne(PendingRetryEntity, {
      where: { consumer, eventId },
      lock: { mode: 'pessimistic_write' },
    });
    if (!row) return undefined;
    const { attempts, dueAt, firstFailedAt } = row;
    return { record: toConsumerRecord(row), attempts, dueAt, firstFailedAt };
  }

  async remove(tx: Transaction, consumer: string, eventId: string): Promise<void> {
    await tx.delete(PendingRetryEntity, { consumer, eventId });
  }

  /**
   * Sends the messages of retries again that were due ten minutes ago. A second message for an event has no effect.
   * @returns the number of messages
   */
  async resendOverdue(tx: Transaction, now: Date): Promise<number> {
    const rows = await tx
      .createQueryBuilder(PendingRetryEntity, 'retry')
      .where('retry.dueAt < :limit', { limit: new Date(now.getTime() - OVERDUE_MS) })
      .orderBy('retry.id')
      .limit(OVERDUE_BATCH)
      .setLock('pessimistic_write')
      .setOnLocked('skip_locked')
      .getMany();
    for (const row of rows) {
      const { consumer, attempts, firstFailedAt } = row;
      await this.schedule(tx, consumer, toConsumerRecord(row), { attempts, dueAt: now, firstFailedAt });
    }
    return rows.length;
  }
}
