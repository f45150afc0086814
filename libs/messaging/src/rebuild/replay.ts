import { isTransient } from '@viernes/contracts';
import type { Transaction } from '@viernes/database';
import { sleep, retryDelayMs } from '@viernes/platform';
import { identified } from '../consume/decode-event.js';
import type { Effects } from '../consume/effects.js';
import type { AnyEventHandler } from '../port/event-handler.js';
import type { EventMessage } from '../port/event-message.js';
import type { Arrival } from '../port/event-subscription.js';
import { recordInInbox } from '../postgres/inbox.js';
import { RebuildRefusal } from './projection.js';
import type { SettledEvents } from './settled-events.js';
import type { Shadow } from './shadow.js';

export interface ReplayParts {
  readonly effects: Effects;
  readonly shadow: Shadow;
  readonly settled: SettledEvents;
  readonly handlers: readonly AnyEventHandler[];
}

/** Applies the log to a shadow, each event once for each handler. */
export class Replay {
  applied = 0;
  /** Events that a handler refused here as in the service, or that a person dropped. */
  leftOut = 0;

  constructor(private readonly parts: ReplayParts) {}

  /** @throws RebuildRefusal where a handler refuses what the service has applied */
  async apply(batch: readonly Arrival[], signal: AbortSignal): Promise<void> {
    const events = batch.map(identified);
    for (const handler of this.parts.handlers) {
      const ofType = events.filter(({ type }) => type === handler.event.type);
      if (ofType.length > 0) await this.applyAll(handler, ofType, signal);
    }
  }

  private async applyAll(
    handler: AnyEventHandler,
    events: readonly EventMessage[],
    signal: AbortSignal,
  ): Promise<void> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        const { applied, dropped } = await this.parts.effects.transaction((tx) => this.applyIn(tx, handler, events));
        this.applied += applied;
        this.leftOut += dropped;
        return;
      } catch (error) {
        signal.throwIfAborted();
        if (error instanceof RebuildRefusal) throw error;
        if (isTransient(error)) await sleep(retryDelayMs(attempt), signal);
        else if (events.length === 1 && events[0]) return await this.leaveOut(handler, events[0], error);
        else break;
      }
    }
    // One of them is at fault: each by itself tells which.
    for (const event of events) await this.applyAll(handler, [event], signal);
  }

  private async applyIn(tx: Transaction, handler: AnyEventHandler, events: readonly EventMessage[]) {
    const { shadow, settled, effects } = this.parts;
    const { consumer } = handler;
    const ids = events.map(({ id }) => id);
    const dropped = await settled.dropped(tx, consumer, ids);
    const wanted = ids.filter((id) => !dropped.has(id));
    const applied = await shadow.within(tx, async () => {
      const first = await recordInInbox(tx, consumer, wanted);
      // Deletes it too: the same event may stand in one batch twice.
      const fresh = events.filter(({ id }) => first.delete(id));
      for (const event of fresh) await effects.handle(tx, handler, event);
      return fresh.length;
    });
    return { applied, dropped: dropped.size };
  }

  /**
   * What the service has not applied either stays with it: it tries it again, parks it, or has parked it. Where the order of
   * a key matters, a try that succeeds would come too late for what was applied here meanwhile.
   */
  private async leaveOut(handler: AnyEventHandler, event: EventMessage, error: unknown): Promise<void> {
    const { effects, settled } = this.parts;
    const { consumer, order } = handler;
    const fate = await effects.transaction((tx) => settled.fate(tx, consumer, event.id));
    if (fate === 'applied' || (fate === 'open' && order === 'key')) {
      throw new RebuildRefusal(`${consumer} refuses event ${event.id} (${event.type}), ${fate} in the service`, {
        cause: error,
      });
    }
    this.leftOut += 1;
  }
}
