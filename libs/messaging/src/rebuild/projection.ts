import type { Type } from '@nestjs/common';
import type { TopicDefinition } from '@viernes/contracts';
import type { AnyEventHandler } from '../port/event-handler.js';

/**
 * Tables that hold nothing but what handlers made of events, so that they can be made again from the log. The topics of its
 * events must be kept for ever or compacted; no foreign key may refer to its tables, and nobody else writes them.
 */
export interface Projection {
  /** Small letters and underscores. */
  readonly name: string;
  /** All that write its tables, in one transaction with their events. */
  readonly handlers: readonly Type<AnyEventHandler>[];
  readonly tables: readonly string[];
}

/** Why a projection cannot be made again: for a person. */
export class RebuildRefusal extends Error {
  override readonly name = 'RebuildRefusal';
}

/** @throws RebuildRefusal where a topic forgets what the projection holds */
export function requireWholeLog(handlers: readonly AnyEventHandler[], topics: readonly TopicDefinition[]): void {
  for (const { event, consumer } of handlers) {
    const topic = topics.find(({ name }) => name === event.topic);
    if (topic?.retentionHours === Infinity || topic?.cleanup === 'compact') continue;
    const kept = topic === undefined ? 'is not declared' : `keeps events for ${topic.retentionHours} hours`;
    throw new RebuildRefusal(`${consumer} cannot be done again: ${event.topic} ${kept}`);
  }
}
