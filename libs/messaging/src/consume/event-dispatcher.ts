import { Injectable } from '@nestjs/common';
import type { ConsumerRecord } from '@viernes/kafka';
import { HandlerRegistry } from '../event/event-consumer.js';
import { eventsSkipped } from '../metrics/event-metrics.js';
import { withEventId } from './decode-event.js';
import { EventProcessor } from './event-processor.js';

/** Passes events to the handlers of their type. */
@Injectable()
export class EventDispatcher {
  constructor(
    private readonly registry: HandlerRegistry,
    private readonly processor: EventProcessor,
  ) {}

  /**
   * A failure of one handler does not affect the others.
   * @throws PartitionPauseError: deliver the batch again, the inbox skips what was applied
   */
  async dispatch(batch: readonly ConsumerRecord[]): Promise<undefined> {
    for (const records of splitByType(batch.map(withEventId))) {
      const [{ type, topic }] = records;
      const handlers = this.registry.handlers.filter(({ event }) => event.type === type);
      if (handlers.length === 0) eventsSkipped.inc({ topic }, records.length);
      for (const handler of handlers) await this.processor.processBatch(handler, records);
    }
  }
}

type NonEmpty<Item> = [Item, ...Item[]];

/** Splits a batch where the type changes. The events of a key keep their order, also across types. */
export function splitByType(batch: readonly ConsumerRecord[]): NonEmpty<ConsumerRecord>[] {
  const runs: NonEmpty<ConsumerRecord>[] = [];
  for (const record of batch) {
    const last = runs.at(-1);
    if (last?.[0].type === record.type) last.push(record);
    else runs.push([record]);
  }
  return runs;
}
