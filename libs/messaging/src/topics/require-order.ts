import type { TopicDefinition } from '@viernes/contracts';
import type { AnyEventHandler } from '../port/event-handler.js';

/**
 * A topic that grows by itself lets a key's new events overtake those that wait in its old partition.
 * @throws Error where a handler that needs the order of a key reads such a topic: a mistake of whoever declared them
 */
export function requireOrder(handlers: readonly AnyEventHandler[], topics: readonly TopicDefinition[]): void {
  const growing = new Set(topics.filter(({ growth }) => growth === 'at-start').map(({ name }) => name));
  const wrong = handlers.find(({ order, event }) => order === 'key' && growing.has(event.topic));
  if (wrong) {
    throw new Error(
      `${wrong.consumer} needs the order of each key, and ${wrong.event.topic} may grow at start: say by-hand`,
    );
  }
}
