import { Logger } from '@nestjs/common';
import { retryDelayMs } from '@viernes/platform';
import { eventsHeld, eventsSkipped } from '../metrics.js';
import type { Arrival, Progress } from '../port/event-subscription.js';
import { identified } from './decode-event.js';
import type { HandlerDelivery } from './handler-delivery.js';
import { Holds } from './holds.js';
import { partsInOrder } from './in-order.js';
import { HoldError } from './settlement.js';

/** Brings each event to the handlers of its type, once each. */
export class Delivery {
  private readonly logger = new Logger('EventDelivery');
  private readonly holds = new Holds();

  /** @param deliveries by the type that they take */
  constructor(private readonly deliveries: ReadonlyMap<string, readonly HandlerDelivery[]>) {}

  /** Never throws. What failed for one handler is not repeated for the others: the inbox knows them. */
  async deliver(batch: readonly Arrival[]): Promise<Progress> {
    const [first] = batch;
    if (first === undefined) return { done: 0 };
    const partition = `${first.position.topic}/${first.position.partition}`;
    try {
      await this.deliverAll(batch);
      this.holds.end(partition);
      return { done: batch.length };
    } catch (error) {
      const attempt = this.holds.count(partition);
      eventsHeld.inc({ topic: first.position.topic });
      const isKnown = error instanceof HoldError;
      this.logger.warn({ ...first.position, attempt, err: isKnown ? error.cause : error }, 'partition waits');
      return { done: 0, retryInMs: retryDelayMs(attempt) };
    }
  }

  private async deliverAll(batch: readonly Arrival[]): Promise<void> {
    const known = batch.filter(({ event }) => this.deliveries.has(event.type));
    for (const part of partsInOrder(known.map((arrival) => ({ ...arrival, event: identified(arrival) })))) {
      for (const [type, ofType] of part) {
        for (const delivery of this.deliveries.get(type) ?? []) await delivery.settle(ofType);
      }
    }
    const topic = batch[0]?.position.topic;
    if (topic !== undefined && batch.length > known.length) eventsSkipped.inc({ topic }, batch.length - known.length);
  }
}
