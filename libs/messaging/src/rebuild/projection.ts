import type { Type } from '@nestjs/common';
import type { TopicDefinition } from '@viernes/contracts';
import type { AnyEventHandler } from '../event/event-handler.js';

/**
 * Tables that contain only what handlers derive from events, so that they can be rebuilt. The topics of the events have
 * unlimited retention. No foreign key refers to the tables, and nothing else writes to them.
 */
export interface Projection {
  /** Lower-case letters and underscores. */
  readonly name: string;
  /** All handlers that write to the tables. */
  readonly handlers: readonly Type<AnyEventHandler>[];
  readonly tables: readonly string[];
}

/** The rebuild would not be exact. Nothing has changed. The message is for operators. */
export class RebuildRejectedError extends Error {
  override readonly name = 'RebuildRejectedError';
}

/** @throws RebuildRejectedError if a topic does not retain all events of the projection */
export function requireUnlimitedRetention(
  handlers: readonly AnyEventHandler[],
  topics: readonly TopicDefinition[],
): void {
  for (const { event, consumer } of handlers) {
    const topic = topics.find(({ name }) => name === event.topic);
    if (topic?.retentionHours === Infinity) continue;
    throw new RebuildRejectedError(`${consumer} cannot be replayed: ${event.topic} does not retain all events`);
  }
}
