import { EVENTS } from '@viernes/contracts';
import type { AnyEventHandler } from '../event/event-handler.js';

/** Values of these fields are hidden. No registered event has such a field. */
const SECRET = /secret|token|password|credential|signature|authorization|cookie|email/i;
const HIDDEN = '(hidden)';

/**
 * Decodes a payload of a registered event, or of an event of these handlers.
 * @returns JSON without secrets; undefined if the type is unknown or the payload is invalid
 */
export function toPayloadJson(
  type: string,
  payload: Uint8Array,
  handlers: readonly AnyEventHandler[],
): string | undefined {
  const codec = [...handlers.map(({ event }) => event), ...EVENTS].find((event) => event.type === type)?.codec;
  if (!codec) return undefined;
  try {
    return JSON.stringify(codec.decode(payload), (name, value: unknown) => (SECRET.test(name) ? HIDDEN : value));
  } catch {
    return undefined;
  }
}
