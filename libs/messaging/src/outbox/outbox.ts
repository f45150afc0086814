import { Inject, Injectable } from '@nestjs/common';
import type { EventDefinition } from '@viernes/contracts';
import type { Transaction } from '@viernes/database';
import { currentContext, traceparent } from '@viernes/platform';
import { MESSAGING_CONFIG, type MessagingConfig } from '../config/messaging.config.js';
import { newEventId } from './event-id.js';
import { insertInOrder, type OutboxEvent } from './outbox-rows.js';

/** Far below the message limit of Kafka, 1 MB. An event contains IDs and facts, not documents. */
const MAX_PAYLOAD_BYTES = 256 * 1024;

/** Each key holds an advisory lock until the commit, and the server has some thousands of locks for all transactions. */
const MAX_EVENTS = 500;

/** Publishes events after the commit of a transaction, and never if it is rolled back. */
@Injectable()
export class Outbox {
  constructor(@Inject(MESSAGING_CONFIG) private readonly config: Pick<MessagingConfig, 'service'>) {}

  /**
   * Events with the same topic and key are published in the order in which their transactions commit. Transactions that
   * add events for the same key therefore wait for each other, so call this late in a transaction. Several payloads cost
   * one round trip.
   *
   * @param data up to 500 payloads, at most 256 KiB each
   * @throws CodedError if the database rejects the statement or is unavailable, like every query of the transaction
   * @throws RangeError if a limit is exceeded
   */
  async add<Data>(tx: Transaction, event: EventDefinition<Data>, ...data: readonly Data[]): Promise<void> {
    if (data.length === 0) return;
    if (data.length > MAX_EVENTS) {
      throw new RangeError(`${data.length} events in one call: the limit is ${MAX_EVENTS}`);
    }
    const time = new Date();
    const common = {
      topic: event.topic,
      type: event.type,
      source: `/viernes/${this.config.service}`,
      time,
      traceparent: traceparent(currentContext().traceId),
    };
    const events = data.map((payload) => toOutboxEvent(event, payload, time));
    await insertInOrder(tx, common, events);
  }
}

function toOutboxEvent<Data>({ type, key, codec }: EventDefinition<Data>, data: Data, time: Date): OutboxEvent {
  const payload = codec.encode(data).finish();
  if (payload.byteLength > MAX_PAYLOAD_BYTES) {
    throw new RangeError(`${type} has ${payload.byteLength} bytes: the limit is ${MAX_PAYLOAD_BYTES}`);
  }
  return { id: newEventId(time.getTime()), key: key(data), payload };
}
