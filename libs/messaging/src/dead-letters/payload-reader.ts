import { Inject, Injectable } from '@nestjs/common';
import { EVENTS } from '@viernes/contracts';
import { HandlerRegistry } from '../event/event-consumer.js';

/** Values of these fields are hidden. No registered event has such a field. */
const SECRET = /secret|token|password|credential|signature|authorization|cookie|email/i;
const HIDDEN = '(hidden)';

/** Decodes payloads of registered events and of events that this service handles. */
@Injectable()
export class PayloadReader {
  constructor(@Inject(HandlerRegistry) private readonly registry: Pick<HandlerRegistry, 'handlers'>) {}

  /** @returns JSON without secrets; undefined if the type is unknown or the payload is invalid */
  toJson(type: string, payload: Uint8Array): string | undefined {
    const handled = this.registry.handlers.map(({ event }) => event);
    const codec = [...handled, ...EVENTS].find((event) => event.type === type)?.codec;
    if (!codec) return undefined;
    try {
      return JSON.stringify(codec.decode(payload), (name, value: unknown) => (SECRET.test(name) ? HIDDEN : value));
    } catch {
      return undefined;
    }
  }
}
