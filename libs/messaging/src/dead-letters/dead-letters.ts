import { Inject, Injectable } from '@nestjs/common';
import { CodedError } from '@viernes/contracts';
import { Transactions, type Transaction } from '@viernes/database';
import type { ConsumerRecord } from '@viernes/kafka';
import { PageCursor, timestamp, uuid, type Page } from '@viernes/platform';
import type { FindOneOptions } from 'typeorm';
import { z } from 'zod';
import { MESSAGING_CONFIG, type MessagingConfig } from '../config/messaging.config.js';
import { recordInInbox } from '../inbox/inbox.js';
import { InboxEntity } from '../inbox/inbox.entity.js';
import { insertForwarded } from '../outbox/outbox-rows.js';
import { RetryQueue } from '../retry/retry-queue.js';
import { toConsumerRecord, toStoredEvent } from '../store/stored-event.js';
import { deadLetterTopic } from '../topics/service-topics.js';
import { DeadLetterEntity } from './dead-letter.entity.js';
import type { ListDeadLettersRequest } from './dead-letter.requests.js';

export type FailureReason = Pick<DeadLetterEntity, 'errorCode' | 'errorMessage' | 'stackHash'>;
type FailureDetails = FailureReason & Pick<DeadLetterEntity, 'attempts' | 'firstFailedAt' | 'parkedAt'>;

/** A dead letter without the payload, which can be large. */
export type DeadLetterSummary = Omit<DeadLetterEntity, 'payload'>;

/** `parkedAt` and `id` of the last entry of a page. */
const CURSOR = new PageCursor('dead-letters', z.tuple([timestamp, uuid]));

/** The events that consumers could not process. Operators list and resolve them. */
@Injectable()
export class DeadLetters {
  constructor(
    private readonly transactions: Transactions,
    private readonly retries: RetryQueue,
    @Inject(MESSAGING_CONFIG) private readonly config: Pick<MessagingConfig, 'service'>,
  ) {}

  /**
   * Parks an event: stores it as a dead letter, records it in the inbox, so that its consumer skips it, and sends a copy to
   * the dead-letter topic. Does nothing if the event was applied or parked concurrently.
   */
  async park(tx: Transaction, consumer: string, record: ConsumerRecord, failure: FailureDetails): Promise<void> {
    const isFirst = (await recordInInbox(tx, consumer, [record.id])).size > 0;
    if (!isFirst) return;
    const row = { ...toStoredEvent(consumer, record), ...failure, state: 'parked' as const, resolvedAt: null };
    await tx.upsert(DeadLetterEntity, row, ['consumer', 'eventId']);
    const { topic, partition, offset } = record;
    const extensions = {
      consumer,
      error_code: failure.errorCode,
      error_message: failure.errorMessage,
      error_stack_hash: failure.stackHash,
      attempts: String(failure.attempts),
      topic,
      partition: String(partition),
      offset,
      first_failed_at: failure.firstFailedAt.toISOString(),
      parked_at: failure.parkedAt.toISOString(),
    };
    await insertForwarded(tx, { ...record, topic: deadLetterTopic(topic, this.config.service), extensions });
  }

  /** Lists dead letters in descending order of their last failure. @throws CodedError CURSOR_INVALID */
  async list({ state, cursor, pageSize }: ListDeadLettersRequest): Promise<Page<DeadLetterSummary>> {
    const [parkedAt, id] = CURSOR.decode(cursor) ?? [];
    const found = await this.transactions.run((tx): Promise<DeadLetterSummary[]> => {
      const { columns } = tx.connection.getMetadata(DeadLetterEntity);
      const summary = columns.filter(({ propertyName }) => propertyName !== 'payload');
      const query = tx
        .createQueryBuilder(DeadLetterEntity, 'letter')
        .select(summary.map(({ propertyName }) => `letter.${propertyName}`))
        .orderBy('letter.parkedAt', 'DESC')
        .addOrderBy('letter.id', 'DESC')
        .limit(pageSize + 1);
      if (state) query.andWhere({ state });
      if (parkedAt) query.andWhere('(letter.parkedAt, letter.id) < (:parkedAt, :id)', { parkedAt, id });
      return query.getMany();
    });
    return CURSOR.toPage(found, pageSize, (last) => [last.parkedAt, last.id]);
  }

  /** @throws CodedError DEAD_LETTER_NOT_FOUND */
  get(id: string): Promise<DeadLetterEntity> {
    return this.transactions.run((tx) => find(tx, id));
  }

  /**
   * Delivers the event to its consumer again. A repeated call has no effect until the event is parked again.
   * @throws CodedError DEAD_LETTER_NOT_FOUND; DEAD_LETTER_RESOLVED if it was dropped
   */
  redrive(id: string): Promise<DeadLetterEntity> {
    return this.resolve(id, 'redriven', async (tx, letter) => {
      const { consumer, eventId } = letter;
      const now = new Date();
      await tx.delete(InboxEntity, { consumer, eventId });
      // The event has the full number of attempts again.
      const next = { attempts: 0, dueAt: now, firstFailedAt: now };
      await this.retries.schedule(tx, consumer, toConsumerRecord(letter), next);
    });
  }

  /**
   * Drops the event: its consumer and rebuilds never apply it. A repeated call has no effect.
   * @throws CodedError DEAD_LETTER_NOT_FOUND; DEAD_LETTER_RESOLVED if it was redriven
   */
  drop(id: string): Promise<DeadLetterEntity> {
    return this.resolve(id, 'dropped', () => Promise.resolve());
  }

  private resolve(
    id: string,
    state: 'redriven' | 'dropped',
    effect: (tx: Transaction, letter: DeadLetterEntity) => Promise<void>,
  ): Promise<DeadLetterEntity> {
    return this.transactions.run(async (tx) => {
      // Only the first of concurrent calls has an effect.
      const letter = await find(tx, id, { mode: 'pessimistic_write' });
      if (letter.state === state) return letter;
      if (letter.state !== 'parked') throw new CodedError('DEAD_LETTER_RESOLVED', { id, state: letter.state });
      const resolution = { state, resolvedAt: new Date() };
      await tx.update(DeadLetterEntity, { id }, resolution);
      await effect(tx, letter);
      return { ...letter, ...resolution };
    });
  }
}

/** @throws CodedError DEAD_LETTER_NOT_FOUND */
async function find(
  tx: Transaction,
  id: string,
  lock?: FindOneOptions<DeadLetterEntity>['lock'],
): Promise<DeadLetterEntity> {
  const isUuid = uuid.safeParse(id).success;
  const letter = isUuid ? await tx.findOne(DeadLetterEntity, { where: { id }, ...(lock && { lock }) }) : null;
  if (!letter) throw new CodedError('DEAD_LETTER_NOT_FOUND', { id });
  return letter;
}
