import { Injectable } from '@nestjs/common';
import { CodedError } from '@viernes/contracts';
import type { ConsumerRecord } from '@viernes/kafka';
import { HandlerRegistry } from '../event/event-consumer.js';
import type { AnyEventHandler } from '../event/event-handler.js';
import { countApplied, eventsHandled, eventsSkipped } from '../metrics/event-metrics.js';
import { withEventId } from './decode-event.js';
import { FailureRecorder, PartitionPauseError } from './failure-recorder.js';
import { failureKind } from './failure.js';
import { HandlerInvoker } from './handler-invoker.js';

/** Processes events with the handlers of their type: each handler once per event ID, in the order of the batch. */
@Injectable()
export class EventProcessor {
  constructor(
    private readonly registry: HandlerRegistry,
    private readonly invoker: HandlerInvoker,
    private readonly failures: FailureRecorder,
  ) {}

  /**
   * A failure of one handler does not affect the others.
   * @throws PartitionPauseError if the batch must be delivered again. The inbox skips the events that were applied
   */
  async process(batch: readonly ConsumerRecord[]): Promise<undefined> {
    for (const records of splitByType(batch.map(withEventId))) {
      const [{ type, topic }] = records;
      const handlers = this.registry.handlers.filter(({ event }) => event.type === type);
      if (handlers.length === 0) eventsSkipped.inc({ topic }, records.length);
      for (const handler of handlers) await this.processBatch(handler, records);
    }
  }

  /**
   * Returns when each record is applied, filtered, scheduled for a retry, or parked.
   *
   * @param batch records of one partition, in its order
   * @throws PartitionPauseError if the database is unavailable. The inbox contains the records applied before that
   */
  private async processBatch(handler: AnyEventHandler, batch: readonly ConsumerRecord[]): Promise<void> {
    const accepted = batch.filter((record) => this.invoker.accepts(handler, record));
    if (accepted.length < batch.length) {
      eventsHandled.inc({ consumer: handler.consumer, outcome: 'filtered' }, batch.length - accepted.length);
    }
    if (handler.transaction !== 'event') return this.processTogether(handler, accepted);
    for (const record of accepted) await this.processOne(handler, record);
  }

  /**
   * Applies all records in one transaction. If it fails, each half is processed separately, in order. One failing event
   * of a hundred costs about 14 additional transactions.
   */
  private async processTogether(handler: AnyEventHandler, batch: readonly ConsumerRecord[]): Promise<void> {
    const [first] = batch;
    if (first === undefined) return;
    if (batch.length === 1) return this.processOne(handler, first);
    try {
      await this.apply(handler, batch);
    } catch (error) {
      // A deadlock or a lack of locks concerns the batch. Smaller ones can succeed.
      const isOverloaded = error instanceof CodedError && error.code === 'OVERLOADED';
      if (failureKind(error) === 'database' && !isOverloaded) throw new PartitionPauseError(error);
      const middle = Math.ceil(batch.length / 2);
      await this.processTogether(handler, batch.slice(0, middle));
      await this.processTogether(handler, batch.slice(middle));
    }
  }

  private async processOne(handler: AnyEventHandler, record: ConsumerRecord): Promise<void> {
    try {
      await this.apply(handler, [record]);
    } catch (error) {
      await this.failures.record(handler.consumer, record, error);
    }
  }

  private async apply(handler: AnyEventHandler, batch: readonly ConsumerRecord[]): Promise<void> {
    const applied = await this.invoker.inTransaction((tx) => this.invoker.applyNew(tx, handler, batch));
    countApplied(handler.consumer, batch.length, applied);
  }
}

type NonEmpty<Item> = [Item, ...Item[]];

/** Splits a batch where the type changes. The events of a key keep their order, even across types. */
export function splitByType(batch: readonly ConsumerRecord[]): NonEmpty<ConsumerRecord>[] {
  const runs: NonEmpty<ConsumerRecord>[] = [];
  for (const record of batch) {
    const last = runs.at(-1);
    if (last?.[0].type === record.type) last.push(record);
    else runs.push([record]);
  }
  return runs;
}
