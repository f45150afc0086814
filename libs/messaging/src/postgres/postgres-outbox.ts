import type { EventDefinition } from '@viernes/contracts';
import type { Transaction } from '@viernes/database';
import { currentCall, traceparent } from '@viernes/platform';
import { newEventId } from '../event-id.js';
import { Outbox } from '../port/outbox.js';

/** Any class of two-part advisory locks that nobody else uses in these databases. */
const ORDER_LOCK_CLASS = 8_437;

/** Wakes the relay once the transaction commits. */
export const OUTBOX_CHANNEL = 'outbox';

/** An event is a fact with ids, not a document. Far under the broker's megabyte. */
const PAYLOAD_LIMIT_BYTES = 256 * 1024;

export class PostgresOutbox extends Outbox {
  /** @param source CloudEvents source of all events of this service: `/viernes/catalog` */
  constructor(private readonly source: string) {
    super();
  }

  async add<Data>(tx: Transaction, event: EventDefinition<Data>, data: Data): Promise<void> {
    const { type, topic } = event;
    const key = event.key(data);
    const payload = event.codec.encode(data).finish();
    if (payload.byteLength > PAYLOAD_LIMIT_BYTES) {
      throw new RangeError(`${type} of ${payload.byteLength} bytes: an event may have ${PAYLOAD_LIMIT_BYTES}`);
    }
    const now = new Date();
    // A sequence is not rolled back or ordered by commits. Holding this lock until the commit makes it so for one key:
    // whoever gets the next id for it does so after this transaction ended (ADR 3).
    await tx.query('SELECT pg_advisory_xact_lock($1, hashtext($2))', [ORDER_LOCK_CLASS, `${topic} ${key}`]);
    await tx.query(
      `INSERT INTO outbox (event_id, topic, key, type, source, "time", traceparent, payload)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8) RETURNING pg_notify('${OUTBOX_CHANNEL}', '')`,
      [
        newEventId(now.getTime()),
        topic,
        key,
        type,
        this.source,
        now,
        traceparent(currentCall().traceId),
        Buffer.from(payload),
      ],
    );
  }
}
