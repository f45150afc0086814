import { Injectable } from '@nestjs/common';
import { Transactions, type Transaction } from '@viernes/database';
import type { ConsumerRecord, EventMessage } from '@viernes/kafka';
import {
  continueTrace,
  failSpan,
  newTraceId,
  parseTraceId,
  runInContext,
  SpanKind,
  toErrorType,
  type Span,
} from '@viernes/platform';
import type { AnyEventHandler } from '../event/event-handler.js';
import { recordInInbox } from '../inbox/inbox.js';
import { decodeEvent } from './decode-event.js';

const TRANSACTION_TIMEOUT_MS = 30_000;

/**
 * Invokes handlers in transactions with a deadline. A single event is handled in the trace of the request that caused
 * it, several events together in a new trace.
 */
@Injectable()
export class HandlerInvoker {
  constructor(private readonly transactions: Transactions) {}

  /** @throws CodedError like Transactions.run, and any error of `work` */
  inTransaction<Result>(work: (tx: Transaction) => Promise<Result>): Promise<Result> {
    const context = { traceId: newTraceId(), deadlineAt: Date.now() + TRANSACTION_TIMEOUT_MS };
    return runInContext(context, () => this.transactions.run(work));
  }

  /** Returns false for an event that the handler does not need. An event that causes an error is accepted. */
  accepts(handler: AnyEventHandler, event: EventMessage): boolean {
    if (!handler.accepts) return true;
    try {
      return handler.accepts(decodeEvent(handler, event));
    } catch {
      // The invocation fails for the same reason, and the failure is recorded.
      return true;
    }
  }

  /**
   * Invokes the handler for those events that are not in its inbox, and adds them to it.
   * @returns these events
   * @throws UndecodableError, and any error of the handler
   */
  async applyNew(
    tx: Transaction,
    handler: AnyEventHandler,
    batch: readonly ConsumerRecord[],
  ): Promise<ConsumerRecord[]> {
    const eventIds = batch.map(({ id }) => id);
    const recorded = await recordInInbox(tx, handler.consumer, eventIds);
    // `delete` also skips the second record of an event that is in the batch twice.
    const added = batch.filter(({ id }) => recorded.delete(id));
    if (handler.handleAll && added.length > 1) {
      await inSpans(handler, added, async () => {
        await handler.handleAll?.(
          tx,
          added.map((event) => decodeEvent(handler, event)),
        );
      });
    } else {
      for (const event of added) await this.invoke(tx, handler, event);
    }
    return added;
  }

  private async invoke(tx: Transaction, handler: AnyEventHandler, event: ConsumerRecord): Promise<void> {
    await inSpans(handler, [event], async ([span]) => {
      const received = decodeEvent(handler, event);
      const context = {
        traceId: parseTraceId(event.traceparent) ?? newTraceId(),
        ...(span && { span }),
        deadlineAt: Date.now() + TRANSACTION_TIMEOUT_MS,
      };
      await runInContext(context, () => handler.handle(tx, received));
    });
  }
}

/** Runs work in the spans of those events whose traces are sampled. The span of the producer is their parent. */
async function inSpans(
  { consumer }: AnyEventHandler,
  events: readonly ConsumerRecord[],
  work: (spans: readonly Span[]) => Promise<void>,
): Promise<void> {
  const spans = events.map((event) => startSpan(consumer, event)).filter((span) => span !== undefined);
  try {
    await work(spans);
  } catch (error) {
    for (const span of spans) failSpan(span, toErrorType(error));
    throw error;
  } finally {
    for (const span of spans) span.end();
  }
}

/** @see OpenTelemetry semantic conventions for messaging */
function startSpan(
  consumer: string,
  { traceparent, topic, partition, offset, id, type }: ConsumerRecord,
): Span | undefined {
  return continueTrace(traceparent, () => ({
    name: `process ${topic}`,
    kind: SpanKind.CONSUMER,
    attributes: {
      'messaging.system': 'kafka',
      'messaging.operation.name': 'process',
      'messaging.operation.type': 'process',
      'messaging.destination.name': topic,
      'messaging.destination.partition.id': String(partition),
      'messaging.kafka.offset': Number(offset),
      'messaging.message.id': id,
      'viernes.event.type': type,
      'viernes.consumer': consumer,
    },
  }));
}
