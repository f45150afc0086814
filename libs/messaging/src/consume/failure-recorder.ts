import { Inject, Injectable, Logger } from '@nestjs/common';
import type { ConsumerRecord } from '@viernes/kafka';
import { retryDelayMs } from '@viernes/platform';
import { MESSAGING_CONFIG, type MessagingConfig } from '../config/messaging.config.js';
import { DeadLetters } from '../dead-letters/dead-letters.js';
import { eventsFailed, eventsHandled } from '../metrics/event-metrics.js';
import { RetryQueue, type NextAttempt } from '../retry/retry-queue.js';
import { failureKind, failureReason } from './failure.js';
import { HandlerInvoker } from './handler-invoker.js';

/** The outcome cannot be stored. The partition is paused, and the batch is delivered again. */
export class PartitionPauseError extends Error {
  override readonly name = 'PartitionPauseError';

  constructor(cause: unknown) {
    super('the database is unavailable', { cause });
  }
}

/** Schedules a retry of a failed event, or parks it. Afterwards, the partition continues. */
@Injectable()
export class FailureRecorder {
  private readonly logger = new Logger(FailureRecorder.name);

  constructor(
    private readonly invoker: HandlerInvoker,
    private readonly retries: RetryQueue,
    private readonly deadLetters: DeadLetters,
    @Inject(MESSAGING_CONFIG) private readonly config: Pick<MessagingConfig, 'retry'>,
  ) {}

  /**
   * @param pending the schedule of the event if the failed attempt was a retry
   * @throws PartitionPauseError if the outcome cannot be stored
   */
  async record(consumer: string, record: ConsumerRecord, error: unknown, pending?: NextAttempt): Promise<void> {
    const kind = failureKind(error);
    if (kind === 'database') throw new PartitionPauseError(error);
    eventsFailed.inc({ consumer, kind });

    const { attempts: maxAttempts, baseMs, capMs } = this.config.retry;
    const isDependency = kind === 'dependency';
    // An unavailable dependency is not a failure of the event.
    const attempts = (pending?.attempts ?? 0) + (isDependency ? 0 : 1);
    const now = new Date();
    const firstFailedAt = pending?.firstFailedAt ?? now;
    const shouldPark = kind === 'permanent' || (!isDependency && attempts >= maxAttempts);
    try {
      await this.invoker.inTransaction(async (tx) => {
        if (shouldPark) {
          await this.retries.remove(tx, consumer, record.id);
          const failure = { ...failureReason(error), attempts, firstFailedAt, parkedAt: now };
          return this.deadLetters.park(tx, consumer, record, failure);
        }
        const delayMs = retryDelayMs(isDependency ? maxAttempts : attempts, baseMs, capMs);
        const next = { attempts, dueAt: new Date(now.getTime() + delayMs), firstFailedAt };
        await this.retries.schedule(tx, consumer, record, next);
      });
    } catch (cause) {
      throw new PartitionPauseError(cause);
    }
    eventsHandled.inc({ consumer, outcome: shouldPark ? 'parked' : 'retried' });
    const { id: eventId, type, topic, partition, offset } = record;
    const fields = { consumer, eventId, type, topic, partition, offset, attempts, err: error };
    if (shouldPark) this.logger.error(fields, 'event parked as a dead letter');
    else this.logger.warn(fields, 'event handling failed, retry scheduled');
  }
}
