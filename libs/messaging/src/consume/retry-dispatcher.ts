import { Injectable, Logger } from '@nestjs/common';
import type { ConsumerRecord } from '@viernes/kafka';
import { HandlerRegistry } from '../event/event-consumer.js';
import type { AnyEventHandler } from '../event/event-handler.js';
import { countApplied } from '../metrics/event-metrics.js';
import type { PendingRetryEntity } from '../retry/pending-retry.entity.js';
import { RetryQueue } from '../retry/retry-queue.js';
import { toConsumerRecord } from '../store/stored-event.js';
import { FailureRecorder, PartitionPauseError } from './failure-recorder.js';
import { HandlerInvoker } from './handler-invoker.js';

/** Processes the messages of retry topics: waits until a retry is due, then invokes its handler. */
@Injectable()
export class RetryDispatcher {
  private readonly logger = new Logger(RetryDispatcher.name);

  constructor(
    private readonly registry: HandlerRegistry,
    private readonly invoker: HandlerInvoker,
    private readonly retries: RetryQueue,
    private readonly failures: FailureRecorder,
  ) {}

  /**
   * @param batch one record. A retry that is not due delays those behind it by at most RetryPolicy.capMs
   * @returns how long to pause the partition, in milliseconds, if the retry is not due
   * @throws PartitionPauseError if the database is unavailable
   */
  async dispatch([message]: readonly ConsumerRecord[]): Promise<number | undefined> {
    if (!message) return undefined;
    const { consumer, due_at } = message.extensions ?? {};
    const dueAt = due_at ? new Date(due_at) : new Date();
    const waitMs = dueAt.getTime() - Date.now();
    if (waitMs > 0) return waitMs;
    const handler = this.registry.handlers.find((each) => each.consumer === consumer);
    if (handler) await this.retry(handler, message.id, dueAt);
    else this.logger.error({ consumer, eventId: message.id }, 'retry for an unknown consumer');
    return undefined;
  }

  private async retry(handler: AnyEventHandler, eventId: string, dueAt: Date): Promise<void> {
    const { consumer } = handler;
    let pending: PendingRetryEntity | null = null;
    let applied: readonly ConsumerRecord[] = [];
    try {
      await this.invoker.inTransaction(async (tx) => {
        pending = await this.retries.lock(tx, consumer, eventId);
        // An event with a later due time has failed again since this message was sent, and has a newer message.
        if (pending && pending.dueAt > dueAt) pending = null;
        if (!pending) return;
        applied = await this.invoker.applyNew(tx, handler, [toConsumerRecord(pending)]);
        await this.retries.remove(tx, consumer, eventId);
      });
      countApplied(consumer, pending ? 1 : 0, applied);
    } catch (error) {
      if (!pending) throw new PartitionPauseError(error);
      await this.failures.record(consumer, toConsumerRecord(pending), error, pending);
    }
  }
}
