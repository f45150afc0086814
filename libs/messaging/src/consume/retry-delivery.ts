import { Logger } from '@nestjs/common';
import { retryDelayMs } from '@viernes/platform';
import { eventsHeld } from '../metrics.js';
import type { Arrival, Progress } from '../port/event-subscription.js';
import { Holds } from './holds.js';
import type { PendingDelivery, Wake } from './pending-delivery.js';
import { HoldError } from './settlement.js';

/** Reads the retry topics: waits until a message is due, then has its event tried again. */
export class RetryDelivery {
  private readonly logger = new Logger('EventRetry');
  private readonly holds = new Holds();

  /** @param deliveries by consumer */
  constructor(private readonly deliveries: ReadonlyMap<string, PendingDelivery>) {}

  /** Never throws. A message that is not due yet holds up those behind it, by RetryPolicy.capMs at most. */
  async deliver(batch: readonly Arrival[]): Promise<Progress> {
    let done = 0;
    for (const { event, position } of batch) {
      const { consumer, due_at = '', topic = '' } = event.extensions ?? {};
      const dueAt = new Date(due_at === '' ? Date.now() : due_at);
      const waitMs = dueAt.getTime() - Date.now();
      if (waitMs > 0) return { done, retryInMs: waitMs };
      const partition = `${position.topic}/${position.partition}`;
      try {
        await this.wake(consumer, { eventId: event.id, topic, key: event.key, dueAt });
        this.holds.end(partition);
      } catch (error) {
        const attempt = this.holds.count(partition);
        eventsHeld.inc({ topic: position.topic });
        const reason = error instanceof HoldError ? error.cause : error;
        this.logger.warn({ ...position, attempt, err: reason }, 'retry partition waits');
        return { done, retryInMs: retryDelayMs(attempt) };
      }
      done += 1;
    }
    return { done };
  }

  private async wake(consumer: string | undefined, wake: Wake): Promise<void> {
    const delivery = this.deliveries.get(consumer ?? '');
    if (!delivery) {
      this.logger.error(
        { consumer, eventId: wake.eventId },
        'an event waits for a consumer that is not in this version',
      );
      return;
    }
    await delivery.wake(wake);
  }
}
