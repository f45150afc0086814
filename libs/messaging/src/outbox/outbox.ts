import { randomUUIDv7 } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { EventDefinition } from '@viernes/contracts';
import type { Transaction } from '@viernes/database';
import { SpanKind, traced, traceparent } from '@viernes/platform';
import { MESSAGING_CONFIG, type MessagingConfig } from '../config/messaging.config.js';
import { insertInOrder } from './outbox-rows.js';

/** Far below the message limit of Kafka, 1 MB. An event contains IDs and facts, not documents. */
const MAX_PAYLOAD_BYTES = 256 * 1024;

/** Each key needs an advisory lock until the commit. The server has some thousands of locks for all transactions. */
export const MAX_EVENTS_PER_CALL = 500;

/** Publishes events after the commit of a transaction, and never if it is rolled back. */
@Injectable()
export class Outbox {
  constructor(@Inject(MESSAGING_CONFIG) private readonly config: Pick<MessagingConfig, 'service'>) {}

  /**
   * Events with the same topic and key are published in the order in which their transactions commit. Transactions that
   * add events for the same key therefore wait for each other, so call this late in a transaction. Several payloads
   * cost one round trip.
   *
   * @param data up to MAX_EVENTS_PER_CALL payloads, at most 256 KiB each
   * @throws CodedError if the database rejects the statement or is unavailable, like every query of the transaction
   * @throws RangeError if a limit is exceeded
   */
  async add<Data>(tx: Transaction, event: EventDefinition<Data>, ...data: readonly Data[]): Promise<void> {
    if (data.length > MAX_EVENTS_PER_CALL) {
      throw new RangeError(`${data.length} events in one call: the limit is ${MAX_EVENTS_PER_CALL}`);
    }
    const time = new Date();
    const { topic, type } = event;
    const source = `/viernes/${this.config.service}`;
    const describe = () => ({
      name: `send ${topic}`,
      kind: SpanKind.PRODUCER,
      attributes: {
        'messaging.system': 'kafka',
        'messaging.operation.name': 'send',
        'messaging.operation.type': 'send',
        'messaging.destination.name': topic,
        'messaging.batch.message_count': data.length,
        'viernes.event.type': type,
      },
    });
    // The span ends before the relay publishes the events: it is the parent of the spans of their consumers.
    await traced(describe, async () => {
      const common = { topic, type, source, time, traceparent: traceparent() };
      const events = data.map((payload) => ({
        ...common,
        // Later IDs sort after earlier ones, so that the index of the inbox grows at its end.
        id: randomUUIDv7(),
        key: event.key(payload),
        payload: encode(event, payload),
      }));
      await insertInOrder(tx, events);
    });
  }
}

function encode<Data>({ type, codec }: EventDefinition<Data>, data: Data): Uint8Array {
  const payload = codec.encode(data).finish();
  if (payload.byteLength <= MAX_PAYLOAD_BYTES) return payload;
  throw new RangeError(`${type} has ${payload.byteLength} bytes: the limit is ${MAX_PAYLOAD_BYTES}`);
}
