import { Inject, Injectable } from '@nestjs/common';
import type { Transaction } from '@viernes/database';
import type { ConsumerRecord } from '@viernes/kafka';
import { MESSAGING_CONFIG, type MessagingConfig } from '../config/messaging.config.js';
import { InboxEntity } from '../inbox/inbox.entity.js';
import { insertForwarded } from '../outbox/outbox-rows.js';
import { toStoredEvent } from '../store/stored-event.js';
import { retryTopic } from '../topics/service-topics.js';
import { PendingRetryEntity } from './pending-retry.entity.js';

export type NextAttempt = Pick<PendingRetryEntity, 'attempts' | 'dueAt' | 'firstFailedAt'>;

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
  lock(tx: Transaction, consumer: string, eventId: string): Promise<PendingRetryEntity | null> {
    const lock = { mode: 'pessimistic_write' } as const;
    return tx.findOne(PendingRetryEntity, { where: { consumer, eventId }, lock });
  }

  async remove(tx: Transaction, consumer: string, eventId: string): Promise<void> {
    await tx.delete(PendingRetryEntity, { consumer, eventId });
  }
}
