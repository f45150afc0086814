import { Logger } from '@nestjs/common';
import { isTransient } from '@viernes/contracts';
import type { Transactions } from '@viernes/database';
import { newTraceId, retryDelayMs, runInCall, traceIdOf } from '@viernes/platform';
import { eventAgeSeconds, eventsHandled, eventsSkipped } from '../metrics.js';
import type { AnyEventHandler, Received } from '../port/event-handler.js';
import type { EventMessage } from '../port/event-message.js';
import type { EventPublisher } from '../port/event-publisher.js';
import type { Outcome, Position } from '../port/event-subscription.js';
import { recordInInbox } from '../postgres/inbox.js';
import { deadLetter } from './dead-letter.js';

const ATTEMPTS_LIMIT = 5;
/** How long one handler may take for one event. */
const HANDLER_TIMEOUT_MS = 30_000;

/** A payload that is not what its type says: no retry can mend it. */
class UndecodableError extends Error {
  override readonly name = 'UndecodableError';
}

/** Brings each event to the handlers of its type, once each. */
export class Delivery {
  private readonly logger = new Logger('Delivery');
  private readonly handlersOfType = new Map<string, AnyEventHandler[]>();
  /** Failed tries of the one event that each partition stands at, by consumer. */
  private readonly attempts = new Map<string, { readonly offset: string; readonly byConsumer: Map<string, number> }>();

  constructor(
    private readonly service: string,
    handlers: readonly AnyEventHandler[],
    private readonly transactions: Transactions,
    private readonly publisher: EventPublisher,
  ) {
    for (const handler of handlers) {
      const { type } = handler.event;
      this.handlersOfType.set(type, [...(this.handlersOfType.get(type) ?? []), handler]);
    }
  }

  /** Never throws. What failed for one handler is not repeated for the others: the inbox knows them. */
  async deliver(event: EventMessage, position: Position): Promise<Outcome> {
    const handlers = this.handlersOfType.get(event.type) ?? [];
    if (handlers.length === 0) eventsSkipped.inc({ topic: event.topic });
    for (const handler of handlers) {
      const outcome = await this.deliverTo(handler, event, position);
      if (outcome !== 'done') return outcome;
    }
    this.attempts.delete(partitionOf(position));
    return 'done';
  }

  private async deliverTo(handler: AnyEventHandler, event: EventMessage, position: Position): Promise<Outcome> {
    const { consumer } = handler;
    try {
      const wasFirst = await this.apply(handler, event);
      eventsHandled.inc({ consumer, outcome: wasFirst ? 'applied' : 'duplicate' });
      if (wasFirst) eventAgeSeconds.observe({ consumer }, Math.max(0, Date.now() - event.time.getTime()) / 1000);
      return 'done';
    } catch (error) {
      const attempts = this.countAttempt(consumer, position);
      // What is not the event's fault is tried until it succeeds.
      const isLast = error instanceof UndecodableError || (!isTransient(error) && attempts >= ATTEMPTS_LIMIT);
      const about = { consumer, eventId: event.id, type: event.type, attempts, ...position };
      if (isLast) return this.park(event, { service: this.service, consumer, error, attempts, position }, about);
      eventsHandled.inc({ consumer, outcome: 'retried' });
      this.logger.warn({ ...about, err: error }, 'event not handled, tries again');
      return { retryInMs: retryDelayMs(attempts) };
    }
  }

  /** @returns false when the consumer handled this event before */
  private apply(handler: AnyEventHandler, event: EventMessage): Promise<boolean> {
    const received = decode(handler, event);
    const call = { traceId: traceIdOf(event.traceparent) ?? newTraceId(), deadlineAt: Date.now() + HANDLER_TIMEOUT_MS };
    return runInCall(call, () =>
      this.transactions.run(async (tx) => {
        const isFirst = await recordInInbox(tx, handler.consumer, event.id);
        // The codec of this very handler made the data.
        if (isFirst) await handler.handle(tx, received as Received<never>);
        return isFirst;
      }),
    );
  }

  private async park(event: EventMessage, failure: Parameters<typeof deadLetter>[1], about: object): Promise<Outcome> {
    const { consumer, error, attempts } = failure;
    try {
      await this.publisher.publish([deadLetter(event, failure)]);
    } catch (publishError) {
      this.logger.warn({ ...about, err: publishError }, 'dead letter not published, tries again');
      return { retryInMs: retryDelayMs(attempts) };
    }
    eventsHandled.inc({ consumer, outcome: 'parked' });
    this.logger.error({ ...about, err: error }, 'event parked in the dead-letter topic');
    return 'done';
  }

  private countAttempt(consumer: string, position: Position): number {
    const partition = partitionOf(position);
    let current = this.attempts.get(partition);
    if (current?.offset !== position.offset) {
      current = { offset: position.offset, byConsumer: new Map() };
      this.attempts.set(partition, current);
    }
    const attempts = (current.byConsumer.get(consumer) ?? 0) + 1;
    current.byConsumer.set(consumer, attempts);
    return attempts;
  }
}

function partitionOf({ topic, partition }: Position): string {
  return `${topic}/${partition}`;
}

function decode(handler: AnyEventHandler, event: EventMessage): Received<unknown> {
  const { id, type, source, time, key } = event;
  if (id === '' || source === '') throw new UndecodableError('not a CloudEvent: ce_id or ce_source is missing');
  try {
    return { id, type, source, time, key, data: handler.event.codec.decode(event.payload) };
  } catch (error) {
    throw new UndecodableError(`the payload is not of ${type}`, { cause: error });
  }
}
