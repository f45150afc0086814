import { lockInTransaction, type Transaction } from '@viernes/database';
import type { EventMessage } from '../port/event-message.js';
import type { Position } from '../port/event-subscription.js';
import { retryTopic } from '../topics/derived-topics.js';
import { insertSentOn } from './outbox-rows.js';
import { carried, originOf } from './sent-on.js';

/** Far over the longest wait, and over what a partition may stand for a while. */
const OVERDUE_MS = 600_000;
const OVERDUE_AT_ONCE = 100;

/** An event as one consumer has yet to apply it. */
export interface PendingRetry {
  /** The row's. */
  readonly id: string;
  readonly event: EventMessage;
  readonly position: Position;
  /** Tries that failed and count: 0 while it waits behind another. */
  readonly attempts: number;
  readonly dueAt: Date | undefined;
  readonly firstFailedAt: Date | undefined;
}

/** An event and where it stood first. */
export type Origin = Pick<PendingRetry, 'event' | 'position'>;

export interface NextTry {
  readonly attempts: number;
  readonly dueAt: Date;
  readonly firstFailedAt: Date;
}

/** Of an event that only waits behind another. */
const BEHIND = { attempts: 0, dueAt: null, firstFailedAt: null };

interface PendingRow extends Omit<PendingRetry, 'event' | 'position' | 'dueAt' | 'firstFailedAt'> {
  readonly eventId: string;
  readonly key: string;
  readonly type: string;
  readonly source: string;
  readonly time: Date;
  readonly traceparent: string | null;
  readonly payload: Buffer;
  readonly topic: string;
  readonly partition: number;
  readonly offset: string;
  readonly dueAt: Date | null;
  readonly firstFailedAt: Date | null;
}

const COLUMNS = `id, event_id AS "eventId", key, type, source, "time", traceparent, payload, origin_topic AS topic,
  origin_partition AS partition, origin_offset AS "offset", attempts, due_at AS "dueAt", first_failed_at AS "firstFailedAt"`;

/**
 * The events that consumers have yet to apply, table `pending_retry` (ADR 6). Each row that has a time when it is due has
 * one message on the retry topic, sent by the outbox of the same transaction; rows without one wait behind such a row.
 */
export class RetryQueue {
  constructor(private readonly service: string) {}

  /** Until the commit nobody else looks at or adds to what waits of this key. */
  async lockKey(tx: Transaction, consumer: string, { topic, key }: Pick<EventMessage, 'topic' | 'key'>): Promise<void> {
    await lockInTransaction(tx, 'retryKey', `${consumer} ${topic} ${key}`);
  }

  /** Those of the keys of which something waits. */
  async waitingKeys(tx: Transaction, consumer: string, topic: string, keys: readonly string[]): Promise<Set<string>> {
    const rows: { key: string }[] = await tx.query(
      'SELECT DISTINCT key FROM pending_retry WHERE consumer = $1 AND origin_topic = $2 AND key = ANY ($3)',
      [consumer, topic, keys],
    );
    return new Set(rows.map(({ key }) => key));
  }

  /** Behind what waits of its key. One that waits already keeps its place. */
  async waitBehind(tx: Transaction, consumer: string, origin: Origin): Promise<void> {
    await this.insert(tx, consumer, origin, BEHIND);
  }

  /** For its next try; one that waits already is left as it is. */
  async tryLater(tx: Transaction, consumer: string, origin: Origin, next: NextTry): Promise<void> {
    if (await this.insert(tx, consumer, origin, next)) await this.send(tx, consumer, origin, next);
  }

  /** @returns false when it waits no more: somebody else settled it */
  async tryAgainLater(tx: Transaction, consumer: string, pending: PendingRetry, next: NextTry): Promise<boolean> {
    const [, found]: [unknown, number] = await tx.query(
      'UPDATE pending_retry SET attempts = $2, due_at = $3, first_failed_at = $4 WHERE id = $1',
      [pending.id, next.attempts, next.dueAt, next.firstFailedAt],
    );
    if (found === 1) await this.send(tx, consumer, pending, next);
    return found === 1;
  }

  /**
   * Gives an event to its consumer again, whatever was decided about it, with all its tries: what `redrive` does. Give it
   * once for each decision: the state of the dead letter in the same transaction sees to that.
   */
  async giveAgain(tx: Transaction, consumer: string, origin: Origin, now: Date): Promise<void> {
    await tx.query('DELETE FROM inbox WHERE consumer = $1 AND event_id = $2', [consumer, origin.event.id]);
    await this.tryLater(tx, consumer, origin, { attempts: 0, dueAt: now, firstFailedAt: now });
  }

  /** The first of its key, which nobody else settles until the commit; lock the key before. */
  async firstOfKey(tx: Transaction, consumer: string, topic: string, key: string): Promise<PendingRetry | undefined> {
    const rows: PendingRow[] = await tx.query(
      `SELECT ${COLUMNS} FROM pending_retry WHERE consumer = $1 AND origin_topic = $2 AND key = $3
       ORDER BY id LIMIT 1 FOR UPDATE`,
      [consumer, topic, key],
    );
    return rows.map(toPending)[0];
  }

  /** One event, which nobody else settles until the commit. */
  async find(tx: Transaction, consumer: string, eventId: string): Promise<PendingRetry | undefined> {
    const rows: PendingRow[] = await tx.query(
      `SELECT ${COLUMNS} FROM pending_retry WHERE consumer = $1 AND event_id = $2 FOR UPDATE`,
      [consumer, eventId],
    );
    return rows.map(toPending)[0];
  }

  /** @returns false when it waits no more: somebody else settled it */
  async remove(tx: Transaction, { id }: PendingRetry): Promise<boolean> {
    const [, found]: [unknown, number] = await tx.query('DELETE FROM pending_retry WHERE id = $1', [id]);
    return found === 1;
  }

  /**
   * Sends those again whose time came ten minutes ago; another message for the same one does no harm.
   * @returns how many
   */
  async sendOverdue(tx: Transaction, now: Date): Promise<number> {
    const [rows]: [(PendingRow & { consumer: string })[], number] = await tx.query(
      `UPDATE pending_retry SET due_at = $1 WHERE id IN (
         SELECT id FROM pending_retry WHERE due_at < $2 ORDER BY id LIMIT $3 FOR UPDATE SKIP LOCKED)
       RETURNING consumer, ${COLUMNS}`,
      [now, new Date(now.getTime() - OVERDUE_MS), OVERDUE_AT_ONCE],
    );
    for (const { consumer, ...row } of rows) {
      const pending = toPending(row);
      const { attempts, firstFailedAt = now } = pending;
      await this.send(tx, consumer, pending, { attempts, dueAt: now, firstFailedAt });
    }
    return rows.length;
  }

  private async insert(
    tx: Transaction,
    consumer: string,
    { event, position }: Origin,
    { attempts, dueAt, firstFailedAt }: NextTry | typeof BEHIND,
  ): Promise<boolean> {
    const rows: unknown[] = await tx.query(
      `INSERT INTO pending_retry (consumer, event_id, origin_topic, origin_partition, origin_offset, key, type, source,
         "time", traceparent, payload, attempts, due_at, first_failed_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14) ON CONFLICT DO NOTHING RETURNING 1`,
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
        ...[event.time, event.traceparent ?? null, Buffer.from(event.payload), attempts, dueAt, firstFailedAt],
      ],
    );
    return rows.length > 0;
  }

  private async send(tx: Transaction, consumer: string, { event, position }: Origin, next: NextTry): Promise<void> {
    const extensions = {
      consumer,
      attempts: String(next.attempts),
      due_at: next.dueAt.toISOString(),
      ...originOf(position),
    };
    await insertSentOn(tx, { ...carried(event), topic: retryTopic(position.topic, this.service), extensions });
  }
}

function toPending(row: PendingRow): PendingRetry {
  const { id, eventId, topic, partition, offset, attempts, dueAt, firstFailedAt, traceparent, ...attributes } = row;
  const { key, type, source, time, payload } = attributes;
  return {
    id,
    event: { id: eventId, topic, key, type, source, time, payload, traceparent: traceparent ?? undefined },
    position: { topic, partition, offset },
    attempts,
    dueAt: dueAt ?? undefined,
    firstFailedAt: firstFailedAt ?? undefined,
  };
}
