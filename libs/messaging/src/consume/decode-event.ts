import type { AnyEventHandler, Received } from '../port/event-handler.js';
import type { EventMessage } from '../port/event-message.js';
import type { Arrival } from '../port/event-subscription.js';
import { UndecodableError } from '../port/permanent-error.js';

/** In UTF-8. What is longer would not fit the indexes, and names no aggregate either. */
const NAME_LIMIT_BYTES = 512;

/** The event under an id that it always has: one without its own, or with one too long, is known by where it stood. */
export function identified({ event, position }: Arrival): EventMessage {
  if (event.id !== '' && fits(event.id)) return event;
  return { ...event, id: idOfPlace(position) };
}

function fits(name: string): boolean {
  // Four bytes are the most that one code unit takes: nearly every name needs no counting.
  return name.length * 4 <= NAME_LIMIT_BYTES || Buffer.byteLength(name) <= NAME_LIMIT_BYTES;
}

function idOfPlace({ topic, partition, offset }: Arrival['position']): string {
  return `${topic}/${partition}/${offset}`;
}

/** @throws UndecodableError where it is no CloudEvent of the handler's type; unknown fields pass */
export function decodeEvent(handler: AnyEventHandler, event: EventMessage): Received<unknown> {
  const { id, type, source, time, key, payload } = event;
  if (id.startsWith(event.topic)) throw new UndecodableError('not a CloudEvent: ce_id is missing or too long');
  if (source === '') throw new UndecodableError('not a CloudEvent: ce_source is missing');
  if (!fits(key)) throw new UndecodableError('its key is too long to name an aggregate');
  try {
    return { id, type, source, time, key, data: handler.event.codec.decode(payload) };
  } catch (error) {
    throw new UndecodableError(`the payload is not of ${type}`, { cause: error });
  }
}
