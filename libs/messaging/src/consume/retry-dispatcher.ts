import { Injectable, Logger } from '@nestjs/common';
import type { ConsumerRecord } from '@viernes/kafka';
import { HandlerRegistry } from '../event/event-consumer.js';
import type { AnyEventHandler } from '../event/event-handler.js';
import { recordInInbox } from '../inbox/inbox.js';
import { countApplied, eventsHandled } from '../metrics/event-metrics.js';
import { RetryQueue, type PendingRetry } from '../retry/retry-queue.js';
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
   * @param batch one record. A retry that is not due delays those behind it in its partition, by RetryPolicy.capMs at most.
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
    let pending: PendingRetry | undefined;
    try {
      const isApplied = await this.invoker.inTransaction(async (tx) => {
        pending = await this.retries.lock(tx, consumer, eventId);
        // A row with a later time has failed again since this message was sent, and has a newer message.
        if (pending && pending.dueAt > dueAt) pending = undefined;
        if (!pending) return false;
        const isFirst = (await recordInInbox(tx, consumer, [eventId])).size > 0;
        if (isFirst) await this.invoker.invoke(tx, handler, pending.record);
        await this.retries.remove(tx, consumer, eventId);
        return isFirst;
      });
      if (pending && isApplied) countApplied(consumer, [pending.record]);
      else if (pending) eventsHandled.inc({ consumer, outcome: 'duplicate' });
    } catch (error) {
      if (!pending) throw new PartitionPauseError(error);
      await this.failures.record(consumer, pending.record, error, pending);
    }
  }
}
