import { Logger } from '@nestjs/common';
import { eventsFailed, eventsHandled } from '../metrics.js';
import type { AnyEventHandler } from '../port/event-handler.js';
import type { DeadLetterBox } from '../postgres/dead-letter-box.js';
import type { Origin, PendingRetry, RetryQueue } from '../postgres/retry-queue.js';
import type { Effects } from './effects.js';
import { failureKind, failureReason } from './failure.js';
import { nextDueAt, type RetryPolicy } from './retry-policy.js';

/** Nothing can be noted now: the partition stands, and the same comes again. */
export class HoldError extends Error {
  override readonly name = 'HoldError';
}

export interface SettlementParts {
  readonly effects: Effects;
  readonly retries: RetryQueue;
  readonly deadLetters: DeadLetterBox;
  readonly policy: RetryPolicy;
}

/** What becomes of an event that failed: it is tried later, or parked. Either is one transaction, and then it may be passed. */
export class Settlement {
  private readonly logger = new Logger('EventDelivery');

  constructor(private readonly parts: SettlementParts) {}

  /**
   * @param pending its row, where it waited for this try
   * @returns what was decided
   * @throws HoldError when that could not be written down
   */
  async settleFailure(
    handler: AnyEventHandler,
    origin: Origin,
    error: unknown,
    pending?: PendingRetry,
  ): Promise<'retried' | 'parked'> {
    const { consumer } = handler;
    const kind = failureKind(error);
    if (kind === 'hold') throw new HoldError('the database cannot be used', { cause: error });
    eventsFailed.inc({ consumer, kind });

    const { attempts: limit } = this.parts.policy;
    // What is not the event's fault does not count.
    const attempts = (pending?.attempts ?? 0) + (kind === 'away' ? 0 : 1);
    const now = new Date();
    const firstFailedAt = pending?.firstFailedAt ?? now;
    const isLast = kind === 'permanent' || (kind === 'fault' && attempts >= limit);
    try {
      if (isLast) await this.park(handler, origin, pending, { error, attempts, firstFailedAt, now });
      else {
        const dueAt = nextDueAt(this.parts.policy, kind === 'away' ? limit : attempts, now);
        await this.tryLater(handler, origin, pending, { attempts, dueAt, firstFailedAt });
      }
    } catch (unwritten) {
      throw new HoldError('what failed could not be noted', { cause: unwritten });
    }
    const outcome = isLast ? 'parked' : 'retried';
    eventsHandled.inc({ consumer, outcome });
    const about = {
      consumer,
      eventId: origin.event.id,
      type: origin.event.type,
      attempts,
      ...origin.position,
      err: error,
    };
    if (isLast) this.logger.error(about, 'event parked as a dead letter');
    else this.logger.warn(about, 'event not handled, is tried again');
    return outcome;
  }

  private async tryLater(
    { consumer, order }: AnyEventHandler,
    origin: Origin,
    pending: PendingRetry | undefined,
    next: { attempts: number; dueAt: Date; firstFailedAt: Date },
  ): Promise<void> {
    const { effects, retries } = this.parts;
    await effects.transaction(async (tx) => {
      if (order === 'key') await retries.lockKey(tx, consumer, origin.event);
      if (pending) await retries.tryAgainLater(tx, consumer, pending, next);
      else await retries.tryLater(tx, consumer, origin, next);
    });
  }

  /** The key goes on without it: a dead letter may wait for a person for days, and nobody agreed to that for all that follows. */
  private async park(
    { consumer, order }: AnyEventHandler,
    origin: Origin,
    pending: PendingRetry | undefined,
    { error, attempts, firstFailedAt, now }: { error: unknown; attempts: number; firstFailedAt: Date; now: Date },
  ): Promise<void> {
    const { effects, retries, deadLetters } = this.parts;
    const verdict = { consumer, reason: failureReason(error), attempts, firstFailedAt, parkedAt: now };
    await effects.transaction(async (tx) => {
      if (order === 'key') await retries.lockKey(tx, consumer, origin.event);
      if (pending && !(await retries.remove(tx, pending))) return;
      await deadLetters.park(tx, origin, verdict);
    });
  }
}
