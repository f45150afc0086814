import type { EventDefinition, MessageCodec } from '@viernes/contracts';
import type { Transaction } from '@viernes/database';

/** A decoded event. */
export interface Received<Data> {
  /** The same for every delivery of the event. */
  readonly id: string;
  /** CloudEvents type: `viernes.video.published.v1`. */
  readonly type: string;
  /** The producer: `/viernes/video`. */
  readonly source: string;
  /** When the event occurred, by the clock of its producer. */
  readonly time: Date;
  /** The partition key: the ID of the aggregate. */
  readonly key: string;
  readonly data: Data;
}

/**
 * One effect of one type of event. Mark the class with `@EventConsumer()` and provide it in its feature module.
 *
 * Events of one key arrive in commit order while none of them fails. A retried or redriven event arrives after later
 * events of its key, so the result must not depend on the order: compare versions or timestamps.
 */
export interface EventHandler<Data> {
  /** Identifies the handler in the inbox: `catalog.make-title-playable`. A new name processes retained events again. */
  readonly consumer: string;
  readonly event: EventDefinition<Data>;
  /**
   * `batch`, the default: events share a transaction while none of them fails. This is much faster, but rows stay
   * locked longer. `event`: one transaction per event, for handlers that write rows which events of other keys also
   * write. In batches, such handlers would deadlock.
   */
  readonly transaction?: 'batch' | 'event';
  /**
   * Returns false for an event that has no effect. Such an event costs no transaction and no inbox row. The result must
   * depend on the event only. Default: every event is accepted.
   */
  accepts?(received: Received<Data>): boolean;
  /**
   * Takes effect once per event ID: writes with `tx` commit together with the inbox row. It can run more than once if
   * the transaction is rolled back, so other effects must be idempotent. An error has these consequences:
   * - CodedError with `dependency: 'database'`: the partition is paused until the database is available. A statement
   *   that exceeds its deadline counts as any other error, so that it cannot block the partition.
   * - Another transient CodedError (DEPENDENCY_UNAVAILABLE, OVERLOADED, DEADLINE_EXCEEDED): the event is retried until
   *   it succeeds.
   * - PermanentError, or a CodedError with `retry: 'never'`: the event is parked immediately.
   * - Any other error: the event is retried, and parked after the last attempt.
   */
  handle(tx: Transaction, received: Received<Data>): Promise<void>;
  /**
   * Has the same effect as `handle` for each of the events in their order, in fewer statements. Used if several events
   * share a transaction. If it fails, nothing is written, and each half of the batch is processed separately: one event
   * that always fails is retried or parked without the others.
   */
  handleAll?(tx: Transaction, received: readonly Received<Data>[]): Promise<void>;
}

/** A handler of any payload type. Pass it only data that its own codec decoded. */
export interface AnyEventHandler extends Omit<EventHandler<never>, 'event'> {
  readonly event: Omit<EventDefinition<never>, 'codec'> & { readonly codec: MessageCodec<unknown> };
}

/** Thrown by a handler for an event that no retry can process. The event is parked immediately. */
export class PermanentError extends Error {
  override readonly name: string = 'PermanentError';
}
