import type { Transaction } from '@viernes/database';
import { eventAgeSeconds, eventsHandled } from '../metrics.js';
import type { AnyEventHandler } from '../port/event-handler.js';
import { recordInInbox } from '../postgres/inbox.js';
import type { PendingRetry, RetryQueue } from '../postgres/retry-queue.js';
import type { Effects } from './effects.js';
import { HoldError, type Settlement } from './settlement.js';

/** What a message on the retry topic says: look at this event, or at all that waits of its key, now. */
export interface Wake {
  readonly eventId: string;
  readonly topic: string;
  readonly key: string;
  readonly dueAt: Date;
}

/** Brings the events that one handler has yet to apply to it once more. */
export class PendingDelivery {
  constructor(
    private readonly handler: AnyEventHandler,
    private readonly effects: Effects,
    private readonly retries: RetryQueue,
    private readonly settlement: Settlement,
  ) {}

  /**
   * Tries the event; where order matters the first of its key and then all that waits behind, until one fails. Whatever is
   * left has another message on the topic, so this one may be passed.
   *
   * @throws HoldError where the database cannot be used
   */
  async wake(wake: Wake): Promise<void> {
    const { handler } = this;
    if (handler.order !== 'key') {
      await this.trial(wake, (tx) => this.retries.find(tx, handler.consumer, wake.eventId));
      return;
    }
    const firstOfKey = async (tx: Transaction): Promise<PendingRetry | undefined> => {
      await this.retries.lockKey(tx, handler.consumer, wake);
      return this.retries.firstOfKey(tx, handler.consumer, wake.topic, wake.key);
    };
    while (await this.trial(wake, firstOfKey));
  }

  /** @returns whether there was one, and it waits no more */
  private async trial({ dueAt }: Wake, take: (tx: Transaction) => Promise<PendingRetry | undefined>): Promise<boolean> {
    const { consumer } = this.handler;
    let taken: PendingRetry | undefined;
    try {
      const isApplied = await this.effects.transaction(async (tx) => {
        taken = await take(tx);
        // One that is due later failed again since this message was sent, and has a newer one.
        if (taken?.dueAt && taken.dueAt > dueAt) taken = undefined;
        if (!taken) return false;
        const isFirst = (await recordInInbox(tx, consumer, [taken.event.id])).size > 0;
        if (isFirst) await this.effects.handle(tx, this.handler, taken.event);
        await this.retries.remove(tx, taken);
        return isFirst;
      });
      if (!taken) return false;
      eventsHandled.inc({ consumer, outcome: isApplied ? 'applied' : 'duplicate' });
      if (isApplied) eventAgeSeconds.observe({ consumer }, Math.max(0, Date.now() - taken.event.time.getTime()) / 1000);
      return true;
    } catch (error) {
      if (!taken) throw new HoldError('the database cannot be used', { cause: error });
      return (await this.settlement.settleFailure(this.handler, taken, error, taken)) === 'parked';
    }
  }
}
