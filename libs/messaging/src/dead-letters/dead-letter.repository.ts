import { Inject, Injectable } from '@nestjs/common';
import { CodedError } from '@viernes/contracts';
import type { Transaction } from '@viernes/database';
import type { ConsumerRecord } from '@viernes/kafka';
import { uuid } from '@viernes/platform';
import { MESSAGING_CONFIG, type MessagingConfig } from '../config/messaging.config.js';
import { recordInInbox } from '../inbox/inbox.js';
import { insertForwarded } from '../outbox/outbox-rows.js';
import { toStoredEvent } from '../store/stored-event.js';
import { deadLetterTopic } from '../topics/service-topics.js';
import { DeadLetterEntity, type DeadLetterState } from './dead-letter.entity.js';

export type FailureReason = Pick<DeadLetterEntity, 'errorCode' | 'errorMessage' | 'stackHash'>;
export type FailureDetails = FailureReason & Pick<DeadLetterEntity, 'attempts' | 'firstFailedAt' | 'parkedAt'>;

/** A dead letter without the payload, which can be large. */
export type DeadLetterSummary = Omit<DeadLetterEntity, 'payload'>;

/** The last entry of the previous page. */
export type DeadLetterCursor = Pick<DeadLetterEntity, 'parkedAt' | 'id'>;

/** The events that consumers could not process. */
@Injectable()
export class DeadLetterRepository {
  constructor(@Inject(MESSAGING_CONFIG) private readonly config: Pick<MessagingConfig, 'service'>) {}

  /**
   * Parks an event. With the commit, its consumer has processed it (inbox row), and a copy is sent to the dead-letter topic.
   * Does nothing if the event was applied or parked concurrently.
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

  /** @returns dead letters in descending order of their last failure */
  async list(
    tx: Transaction,
    state: DeadLetterState | undefined,
    after: DeadLetterCursor | undefined,
    limit: number,
  ): Promise<DeadLetterSummary[]> {
    const { columns } = tx.connection.getMetadata(DeadLetterEntity);
    const summary = columns.filter(({ propertyName }) => propertyName !== 'payload');
    const query = tx
      .createQueryBuilder(DeadLetterEntity, 'letter')
      .select(summary.map(({ propertyName }) => `letter.${propertyName}`))
      .orderBy('letter.parkedAt', 'DESC')
      .addOrderBy('letter.id', 'DESC')
      .limit(limit);
    if (state) query.andWhere({ state });
    if (after) query.andWhere('(letter.parkedAt, letter.id) < (:parkedAt, :id)', { ...after });
    return query.getMany();
  }

  /** @throws CodedError DEAD_LETTER_NOT_FOUND */
  async get(tx: Transaction, id: string): Promise<DeadLetterEntity> {
    const letter = uuid.safeParse(id).success ? await tx.findOneBy(DeadLetterEntity, { id }) : null;
    if (!letter) throw new CodedError('DEAD_LETTER_NOT_FOUND', { id });
    return letter;
  }

  /**
   * Resolves a parked dead letter. Of concurrent calls, one succeeds.
   * @returns false if the dead letter was not parked
   * @throws CodedError DEAD_LETTER_NOT_FOUND
   */
  async resolve(tx: Transaction, id: string, state: Exclude<DeadLetterState, 'parked'>): Promise<boolean> {
    if (!uuid.safeParse(id).success) throw new CodedError('DEAD_LETTER_NOT_FOUND', { id });
    const { affected } = await tx.update(
      DeadLetterEntity,
      { id, state: 'parked' },
      { state, resolvedAt: () => 'now()' },
    );
    return affected === 1;
  }
}
