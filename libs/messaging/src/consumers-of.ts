import type { Type } from '@nestjs/common';
import type { AnyEventHandler } from './port/event-handler.js';

/**
 * What handlers read, in the order of event types and consumers, as declaredConsumers of the catalogue tells it. Makes each
 * without what it injects: to ask for its name and event nothing more is needed.
 */
export function consumersOf(handlers: readonly Type<AnyEventHandler>[]): { type: string; consumer: string }[] {
  const made = handlers.map((handler) => Reflect.construct(handler, []) as AnyEventHandler);
  return made
    .map(({ event, consumer }) => ({ type: event.type, consumer }))
    .sort((a, b) => compare(a.type, b.type) || compare(a.consumer, b.consumer));
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
