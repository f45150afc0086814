import type { Transaction } from '@viernes/database';
import type { FailureReason } from '../consume/failure.js';
import { deadLetterTopic } from '../topics/derived-topics.js';
import { recordInInbox } from './inbox.js';
import { insertSentOn } from './outbox-rows.js';
import type { Origin } from './retry-queue.js';
import { carried, originOf } from './sent-on.js';

export interface Verdict {
  readonly consumer: string;
  readonly reason: FailureReason;
  /** Tries that failed, the last one too. */
  readonly attempts: number;
  readonly firstFailedAt: Date;
  readonly parkedAt: Date;
}

/** The events that consumers gave up on, table `dead_letter`, told to the dead-letter topic as well. */
export class DeadLetterBox {
  constructor(private readonly service: string) {}

  /**
   * The consumer is done with the event from this commit on (its inbox says so), and whoever reads the topic hears of it.
   * Nothing happens where it was done with already: somebody else applied it meanwhile, or parked it.
   */
  async park(tx: Transaction, { event, position }: Origin, verdict: Verdict): Promise<void> {
    const { consumer, reason, attempts, firstFailedAt, parkedAt } = verdict;
    const isFirst = (await recordInInbox(tx, consumer, [event.id])).size > 0;
    if (!isFirst) return;
    const rows: unknown[] = await tx.query(
      `INSERT INTO dead_letter (consumer, event_id, origin_topic, origin_partition, origin_offset, key, type, source, "time",
         traceparent, payload, error_code, error_message, stack_hash, attempts, first_failed_at, parked_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)
       ON CONFLICT (consumer, event_id) DO UPDATE SET state = 'parked', resolved_at = NULL, error_code = $12,
         error_message = $13, stack_hash = $14, attempts = $15, first_failed_at = $16, parked_at = $17
         WHERE dead_letter.state = 'redriven' RETURNING 1`,
      [
        ...[
          consumer,
          event.id,
          position.topic,
          position.partition,
          position.offset,
          event.key,
          event.type,
          event.source,
        ],
        ...[event.time, event.traceparent ?? null, Buffer.from(event.payload), reason.code, reason.message],
        ...[reason.stackHash, attempts, firstFailedAt, parkedAt],
      ],
    );
    if (rows.length === 0) return;
    const extensions = {
      consumer,
      error_code: reason.code,
      error_message: reason.message,
      error_stack_hash: reason.stackHash,
      attempts: String(attempts),
      ...originOf(position),
      first_failed_at: firstFailedAt.toISOString(),
      parked_at: parkedAt.toISOString(),
    };
    await insertSentOn(tx, { ...carried(event), topic: deadLetterTopic(position.topic, this.service), extensions });
  }
}
