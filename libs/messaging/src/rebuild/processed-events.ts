import type { Transaction } from '@viernes/database';
import type { ConsumerRecord } from '@viernes/kafka';
import { In } from 'typeorm';
import { DeadLetterEntity } from '../dead-letters/dead-letter.entity.js';
import { InboxEntity } from '../inbox/inbox.entity.js';
import { RebuildRejectedError } from './projection.js';
import type { ShadowSchema } from './shadow-schema.js';

/** Joins a row with the same event of the same consumer in `copy`. */
const SAME_EVENT = 'consumer = copy.consumer AND event_id = copy.event_id';

/** Compares the events that the service and the rebuild have processed. Raw SQL, because it compares two schemas. */
export class ProcessedEvents {
  constructor(
    private readonly shadow: ShadowSchema,
    private readonly consumers: readonly string[],
  ) {}

  /** Blocks all handlers of the service until the transaction ends, because each one first writes its inbox row. */
  async lockInbox(tx: Transaction): Promise<void> {
    await tx.query('LOCK TABLE inbox IN SHARE ROW EXCLUSIVE MODE');
  }

  /** @returns the IDs of those events that an operator dropped for this consumer */
  async findDropped(tx: Transaction, consumer: string, records: readonly ConsumerRecord[]): Promise<Set<string>> {
    const eventId = In(records.map(({ id }) => id));
    const where = { consumer, eventId, state: 'dropped' } as const;
    const letters = await tx.find(DeadLetterEntity, { select: { eventId: true }, where });
    return new Set(letters.map((letter) => letter.eventId));
  }

  /** Returns whether the service has applied the event. False if it is pending, parked, or dropped. */
  async isApplied(tx: Transaction, consumer: string, eventId: string): Promise<boolean> {
    if (!(await tx.existsBy(InboxEntity, { consumer, eventId }))) return false;
    return !(await tx.existsBy(DeadLetterEntity, { consumer, eventId, state: In(['parked', 'dropped']) }));
  }

  private async requireSame(tx: Transaction): Promise<void> {
    const [counts]: { missing: number; dropped: number }[] = await tx.query(
      `SELECT (SELECT count(*)::int FROM inbox AS copy WHERE consumer = ANY ($1)
           AND NOT EXISTS (SELECT FROM ${this.shadow.schema}.inbox WHERE ${SAME_EVENT})
           AND NOT EXISTS (SELECT FROM dead_letter WHERE ${SAME_EVENT} AND state <> 'redriven')) AS missing,
         (SELECT count(*)::int FROM ${this.shadow.schema}.inbox AS copy
           WHERE EXISTS (SELECT FROM dead_letter WHERE ${SAME_EVENT} AND state = 'dropped')) AS dropped`,
      [this.consumers],
    );
    const { missing = 0, dropped = 0 } = counts ?? {};
    if (missing > 0) throw new RebuildRejectedError(`the service applied ${missing} events that the rebuild did not`);
    if (dropped > 0) throw new RebuildRejectedError(`${dropped} events were dropped during the rebuild: run it again`);
  }

  /**
   * Adds the events of the rebuild to the inbox, so that the service skips them. Their parked dead letters become redriven.
   * @throws RebuildRejectedError if the service applied an event that the rebuild did not apply, or if an operator dropped
   *   an event during the rebuild
   */
  async mergeIntoInbox(tx: Transaction): Promise<void> {
    await this.requireSame(tx);
    await tx.query(
      `UPDATE dead_letter SET state = 'redriven', resolved_at = now()
       WHERE state = 'parked' AND EXISTS (
         SELECT FROM ${this.shadow.schema}.inbox AS copy
         WHERE copy.consumer = dead_letter.consumer AND copy.event_id = dead_letter.event_id)`,
    );
    await tx.query(
      `INSERT INTO inbox (consumer, event_id) SELECT consumer, event_id FROM ${this.shadow.schema}.inbox
       ON CONFLICT DO NOTHING`,
    );
  }
}
