import { CodedError } from '@viernes/contracts';
import type { Transaction } from '@viernes/database';
import { eventAgeSeconds, eventsHandled } from '../metrics.js';
import type { AnyEventHandler } from '../port/event-handler.js';
import type { EventMessage } from '../port/event-message.js';
import { recordInInbox } from '../postgres/inbox.js';
import type { Origin, RetryQueue } from '../postgres/retry-queue.js';
import type { Effects } from './effects.js';
import { failureKind } from './failure.js';
import { HoldError, type Settlement } from './settlement.js';

type Applied = 'applied' | 'duplicate' | 'waiting';

/** Brings the events of one type to one handler. */
export class HandlerDelivery {
  constructor(
    private readonly handler: AnyEventHandler,
    private readonly effects: Effects,
    private readonly retries: RetryQueue,
    private readonly settlement: Settlement,
  ) {}

  /**
   * Returns once each of them is applied, waits for a retry or is parked.
   *
   * @param batch of one partition, in its order
   * @throws HoldError where the database cannot be used: what was settled before is known to the inbox
   */
  async settle(batch: readonly Origin[]): Promise<void> {
    if (this.handler.transaction !== 'event') return this.settleTogether(batch);
    for (const origin of batch) await this.settleAlone(origin);
  }

  /**
   * All in one transaction. When one of them fails nothing of it is left, and both halves are tried by themselves, the first
   * one first: one bad event among a hundred costs some fourteen transactions more, and undoes no good one.
   */
  private async settleTogether(batch: readonly Origin[]): Promise<void> {
    const [origin] = batch;
    if (origin === undefined) return;
    if (batch.length === 1) return this.settleAlone(origin);
    let waiting: readonly Origin[];
    try {
      waiting = await this.applyTogether(batch);
    } catch (error) {
      // A deadlock or a lack of locks is of all of them together: each alone may well succeed.
      const isAway = failureKind(error) === 'hold' && !isOverloaded(error);
      if (isAway) throw new HoldError('the database cannot be used', { cause: error });
      const middle = Math.ceil(batch.length / 2);
      await this.settleTogether(batch.slice(0, middle));
      return this.settleTogether(batch.slice(middle));
    }
    for (const each of waiting) await this.settleAlone(each);
  }

  /** @returns those of keys that wait, untouched */
  private async applyTogether(batch: readonly Origin[]): Promise<readonly Origin[]> {
    const { handler } = this;
    const { consumer } = handler;
    const outcome = await this.effects.transaction(async (tx) => {
      const waitingKeys = await this.waitingKeys(tx, batch);
      const free = batch.filter(({ event }) => !waitingKeys.has(event.key));
      const first = await recordInInbox(
        tx,
        consumer,
        free.map(({ event }) => event.id),
      );
      const applied: EventMessage[] = [];
      for (const { event } of free) {
        // Deletes it too: the same event may stand in one batch twice.
        if (!first.delete(event.id)) continue;
        await this.effects.handle(tx, handler, event);
        applied.push(event);
      }
      return { applied, duplicates: free.length - applied.length, waitingKeys };
    });
    this.countApplied(outcome.applied);
    if (outcome.duplicates > 0) eventsHandled.inc({ consumer, outcome: 'duplicate' }, outcome.duplicates);
    return batch.filter(({ event }) => outcome.waitingKeys.has(event.key));
  }

  private async waitingKeys(tx: Transaction, batch: readonly Origin[]): Promise<ReadonlySet<string>> {
    const topic = batch[0]?.position.topic;
    if (this.handler.order !== 'key' || topic === undefined) return new Set();
    const keys = [...new Set(batch.map(({ event }) => event.key))];
    return this.retries.waitingKeys(tx, this.handler.consumer, topic, keys);
  }

  private async settleAlone(origin: Origin): Promise<void> {
    let applied: Applied;
    try {
      applied = await this.effects.transaction((tx) => this.applyAlone(tx, origin));
    } catch (error) {
      await this.settlement.settleFailure(this.handler, origin, error);
      return;
    }
    if (applied === 'applied') this.countApplied([origin.event]);
    else eventsHandled.inc({ consumer: this.handler.consumer, outcome: applied });
  }

  private async applyAlone(tx: Transaction, origin: Origin): Promise<Applied> {
    const { handler, retries } = this;
    const { consumer } = handler;
    const { event } = origin;
    if (handler.order === 'key') {
      // With the lock: whoever settles the last one that waits must not miss this one.
      await retries.lockKey(tx, consumer, event);
      const waiting = await retries.waitingKeys(tx, consumer, event.topic, [event.key]);
      if (waiting.size > 0) {
        await retries.waitBehind(tx, consumer, origin);
        return 'waiting';
      }
    }
    const isFirst = (await recordInInbox(tx, consumer, [event.id])).size > 0;
    if (!isFirst) return 'duplicate';
    await this.effects.handle(tx, handler, event);
    return 'applied';
  }

  private countApplied(events: readonly EventMessage[]): void {
    const { consumer } = this.handler;
    eventsHandled.inc({ consumer, outcome: 'applied' }, events.length);
    const age = eventAgeSeconds.labels(consumer);
    const nowMs = Date.now();
    for (const { time } of events) age.observe(Math.max(0, nowMs - time.getTime()) / 1000);
  }
}

function isOverloaded(error: unknown): boolean {
  return error instanceof CodedError && error.code === 'OVERLOADED';
}
