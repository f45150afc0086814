import type { EventMessage } from '../port/event-message.js';
import type { Position } from '../port/event-subscription.js';

/** With what is told beside it, an event sent on must still be under the broker's megabyte. */
const CARRIED_LIMIT_BYTES = 256 * 1024;

/** An event as it is sent on. One too large goes without its payload: the row that goes with it has it. */
export function carried(event: EventMessage): EventMessage {
  return event.payload.byteLength > CARRIED_LIMIT_BYTES ? { ...event, payload: new Uint8Array() } : event;
}

/** Where an event stood first, as attributes of one sent on. */
export function originOf({ topic, partition, offset }: Position): Record<'topic' | 'partition' | 'offset', string> {
  return { topic, partition: String(partition), offset };
}
