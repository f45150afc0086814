import { isTransient } from '@viernes/contracts';
import type { Transaction } from '@viernes/database';
import type { ConsumerRecord } from '@viernes/kafka';
import { retryDelayMs, sleep } from '@viernes/platform';
import { withEventId } from '../consume/decode-event.js';
import type { HandlerInvoker } from '../consume/handler-invoker.js';
import type { AnyEventHandler } from '../event/event-handler.js';
import type { ProcessedEvents } from './processed-events.js';
import { RebuildRejectedError } from './projection.js';
import type { ShadowSchema } from './shadow-schema.js';

/** Applies events to a shadow schema, each event once per handler. */
export class Replay {
  applied = 0;
  /** Events that a handler rejects, here and in the service, or that an operator dropped. */
  omitted = 0;

  constructor(
    private readonly invoker: HandlerInvoker,
    private readonly shadow: ShadowSchema,
    private readonly processed: ProcessedEvents,
    private readonly handlers: readonly AnyEventHandler[],
  ) {}

  /** @throws RebuildRejectedError if a handler rejects an event that the service has applied */
  async apply(batch: readonly ConsumerRecord[], signal: AbortSignal): Promise<void> {
    const records = batch.map(withEventId);
    for (const handler of this.handlers) {
      const accepted = records.filter(
        (record) => record.type === handler.event.type && this.invoker.accepts(handler, record),
      );
      if (accepted.length > 0) await this.applyBatch(handler, accepted, signal);
    }
  }

  private async applyBatch(
    handler: AnyEventHandler,
    records: readonly ConsumerRecord[],
    signal: AbortSignal,
  ): Promise<void> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        const { applied, dropped } = await this.invoker.inTransaction((tx) => this.applyIn(tx, handler, records));
        this.applied += applied;
        this.omitted += dropped;
        return;
      } catch (error) {
        signal.throwIfAborted();
        if (error instanceof RebuildRejectedError) throw error;
        if (isTransient(error)) await sleep(retryDelayMs(attempt), signal);
        else if (records.length === 1 && records[0]) return await this.omit(handler, records[0], error);
        else break;
      }
    }
    // Find the failing event.
    for (const record of records) await this.applyBatch(handler, [record], signal);
  }

  private async applyIn(tx: Transaction, handler: AnyEventHandler, records: readonly ConsumerRecord[]) {
    const dropped = await this.processed.findDropped(tx, handler.consumer, records);
    const remaining = records.filter(({ id }) => !dropped.has(id));
    const applied = await this.shadow.run(tx, () => this.invoker.applyNew(tx, handler, remaining));
    return { applied: applied.length, dropped: dropped.size };
  }

  /** Omits an event that the service has not applied either: the service retries or parks it. */
  private async omit({ consumer }: AnyEventHandler, { id, type }: ConsumerRecord, cause: unknown): Promise<void> {
    if (await this.invoker.inTransaction((tx) => this.processed.isApplied(tx, consumer, id))) {
      throw new RebuildRejectedError(`${consumer} rejects event ${id} (${type}), which the service has applied`, {
        cause,
      });
    }
    this.omitted += 1;
  }
}
