import type { EventDefinition } from '@viernes/contracts';
import type { Transaction } from '@viernes/database';
import { currentContext, traceparent } from '@viernes/platform';
import { newEventId } from '../event-id.js';
import { Outbox } from '../port/outbox.js';
import { insertInOrder, type Fact } from './outbox-rows.js';

/** An event is a fact with ids, not a document. Far under the broker's megabyte. */
const PAYLOAD_LIMIT_BYTES = 256 * 1024;

/** Each key of a bulk holds a lock until the commit, and the server has some thousands of them for everybody. */
const BULK_LIMIT = 500;

export class PostgresOutbox extends Outbox {
  /** @param source CloudEvents source of all events of this service: `/viernes/catalog` */
  constructor(private readonly source: string) {
    super();
  }

  async add<Data>(tx: Transaction, event: EventDefinition<Data>, ...data: readonly Data[]): Promise<void> {
    if (data.length === 0) return;
    if (data.length > BULK_LIMIT) {
      throw new RangeError(`${data.length} events in one statement: ${BULK_LIMIT} are the most`);
    }
    const { type, topic } = event;
    const time = new Date();
    const common = { topic, type, source: this.source, time, traceparent: traceparent(currentContext().traceId) };
    await insertInOrder(
      tx,
      common,
      data.map((one) => fact(event, one, time)),
    );
  }
}

function fact<Data>({ type, key, codec }: EventDefinition<Data>, data: Data, time: Date): Fact {
  const payload = codec.encode(data).finish();
  if (payload.byteLength > PAYLOAD_LIMIT_BYTES) {
    throw new RangeError(`${type} of ${payload.byteLength} bytes: an event may have ${PAYLOAD_LIMIT_BYTES}`);
  }
  return { id: newEventId(time.getTime()), key: key(data), payload };
}
