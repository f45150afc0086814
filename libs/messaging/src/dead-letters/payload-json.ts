import { EVENTS, type MessageCodec } from '@viernes/contracts';
import type { AnyEventHandler } from '../port/event-handler.js';

/** Fields whose value is nobody's business, wherever they are: events carry none, and one that will shall not show it. */
const SECRET = /secret|token|password|credential|signature|authorization|cookie|email/i;
const HIDDEN = '(hidden)';

type Decoder = Pick<MessageCodec<unknown>, 'decode'>;

/** Reads payloads for people: of every event of the catalogue, and of those that this service handles. */
export class PayloadReader {
  private readonly decoders: ReadonlyMap<string, Decoder>;

  constructor(handlers: readonly AnyEventHandler[]) {
    const handled = handlers.map(({ event }): [string, Decoder] => [event.type, event.codec]);
    const catalogued = EVENTS.map(({ type, codec }): [string, Decoder] => [type, codec]);
    this.decoders = new Map([...catalogued, ...handled]);
  }

  /** @returns JSON without secrets; undefined where the type is unknown or the payload does not decode */
  json(type: string, payload: Uint8Array): string | undefined {
    const decoder = this.decoders.get(type);
    if (!decoder) return undefined;
    try {
      return JSON.stringify(decoder.decode(payload), (name, value: unknown) => (SECRET.test(name) ? HIDDEN : value));
    } catch {
      return undefined;
    }
  }
}
