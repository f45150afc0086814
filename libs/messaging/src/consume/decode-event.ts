import type { ConsumerRecord, EventMessage } from '@viernes/kafka';
import { PermanentError, type AnyEventHandler, type Received } from '../event/event-handler.js';

/** Limits IDs and keys, in UTF-8. IDs are parts of index rows, which hold about 2,700 bytes. */
const MAX_NAME_BYTES = 512;

/** A payload or an attribute that violates the contract of its event type. */
export class UndecodableError extends PermanentError {
  override readonly name = 'UndecodableError';
}

/** Replaces a missing or oversized event ID with the position of the record, under which each delivery is parked once. */
export function withEventId(record: ConsumerRecord): ConsumerRecord {
  const { id, topic, partition, offset } = record;
  return id !== '' && isShort(id) ? record : { ...record, id: `${topic}/${partition}/${offset}` };
}

/** @throws UndecodableError if the ID or source is missing, a name is too long, or the payload is invalid */
export function decodeEvent({ event: { codec } }: AnyEventHandler, event: EventMessage): Received<never> {
  const { id, type, source, time, key, payload } = event;
  if (id.startsWith(`${event.topic}/`)) throw new UndecodableError('not a CloudEvent: ce_id is missing or too long');
  if (source === '') throw new UndecodableError('not a CloudEvent: ce_source is missing');
  if (!isShort(key)) throw new UndecodableError(`the key is longer than ${MAX_NAME_BYTES} bytes`);
  try {
    // `never` fits every handler. The data comes from the codec of this handler.
    return { id, type, source, time, key, data: codec.decode(payload) as never };
  } catch (error) {
    throw new UndecodableError(`the payload is not a valid ${type}`, { cause: error });
  }
}

function isShort(name: string): boolean {
  // A UTF-16 code unit takes at most four bytes, so most names need no counting.
  return name.length * 4 <= MAX_NAME_BYTES || Buffer.byteLength(name) <= MAX_NAME_BYTES;
}
