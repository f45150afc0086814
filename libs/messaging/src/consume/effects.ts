import type { Transaction, Transactions } from '@viernes/database';
import { newTraceId, runInContext, parseTraceId } from '@viernes/platform';
import type { AnyEventHandler, Received } from '../port/event-handler.js';
import type { EventMessage } from '../port/event-message.js';
import { decodeEvent } from './decode-event.js';

/** How long one transaction may take. */
const TRANSACTION_TIMEOUT_MS = 30_000;

/** Runs handlers: in a transaction with a deadline, and each for the request that caused its event. */
export class Effects {
  constructor(private readonly transactions: Transactions) {}

  /** @throws CodedError as Transactions.run does, and whatever `work` throws */
  transaction<Result>(work: (tx: Transaction) => Promise<Result>): Promise<Result> {
    const call = { traceId: newTraceId(), deadlineAt: Date.now() + TRANSACTION_TIMEOUT_MS };
    return runInContext(call, () => this.transactions.run(work));
  }

  /** @throws UndecodableError, and whatever the handler throws */
  handle(tx: Transaction, handler: AnyEventHandler, event: EventMessage): Promise<void> {
    const received = decodeEvent(handler, event);
    const call = {
      traceId: parseTraceId(event.traceparent) ?? newTraceId(),
      deadlineAt: Date.now() + TRANSACTION_TIMEOUT_MS,
    };
    // The codec of this very handler made the data.
    return runInContext(call, () => handler.handle(tx, received as Received<never>));
  }
}
