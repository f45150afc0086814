import { Inject, Injectable } from '@nestjs/common';
import { EVENTS, type MessageCodec } from '@viernes/contracts';
import { HandlerRegistry } from '../event-consumer.js';

/** Fields whose value is nobody's business, wherever they are: events carry none, and one that will shall not show it. */
const SECRET = /secret|token|password|credential|signature|authorization|cookie|email/i;
const HIDDEN = '(hidden)';

type Decoder = Pick<MessageCodec<unknown>, 'decode'>;

/** Decodes payloads of registered events and of events that this service handles. */
@Injectable()
export class PayloadReader {
  constructor(@Inject(HandlerRegistry) private readonly handlers: Pick<HandlerRegistry, 'list'>) {}

  /** @returns JSON without secrets; undefined where the type is unknown or the payload does not decode */
  json(type: string, payload: Uint8Array): string | undefined {
    const decoder = this.decoder(type);
    if (!decoder) return undefined;
    try {
      return JSON.stringify(decoder.decode(payload), (name, value: unknown) => (SECRET.test(name) ? HIDDEN : value));
    } catch {
      return undefined;
    }
  }

  private decoder(type: string): Decoder | undefined {
    const handled = this.handlers.list().map(({ event }) => event);
    return [...handled, ...EVENTS].find((event) => event.type === type)?.codec;
  }
}
