import type { EventDefinition, MessageCodec } from '@viernes/contracts';
import type { Transaction } from '@viernes/database';

/** One event as it arrived. */
export interface Received<Data> {
  /** The same at every delivery of the same event. */
  readonly id: string;
  /** CloudEvents type: `viernes.video.published.v1`. */
  readonly type: string;
  /** Who published it: `/viernes/video`. */
  readonly source: string;
  /** When it happened, by its producer's clock. */
  readonly time: Date;
  /** What keeps it in order: the id of the aggregate. */
  readonly key: string;
  readonly data: Data;
}

/**
 * `key`: an event waits while an earlier one of its key waits for its next try; once that one is given up (parked), the key
 * goes on without it. `none`: it does not wait, and the handler must come to the same end in whatever order they come.
 */
export type HandlerOrder = 'key' | 'none';

/**
 * `batch`: many events share one transaction while none of them fails, which is far quicker; rows stay locked for as long.
 * `event`: one transaction each, for handlers that write rows which events of other keys write too, and would deadlock.
 */
export type HandlerTransaction = 'batch' | 'event';

/** One consequence of one event. A class of it, listed in MessagingModule.forRoot, is made by Nest with what it injects. */
export interface EventHandler<Data> {
  /** Its name in the inbox, `catalog.mark-title-playable`: renaming it handles old events again. */
  readonly consumer: string;
  readonly event: EventDefinition<Data>;
  /** Default `none`. */
  readonly order?: HandlerOrder;
  /** Default `batch`. */
  readonly transaction?: HandlerTransaction;
  /**
   * Takes effect once for each event id: what it does through `tx` commits together with the record that it did. It may run
   * more often than that, when the transaction is undone: what it does elsewhere must be safe to repeat. An error comes to:
   * - the database is away or busy (CodedError with `dependency: 'database'`): the partition waits, for as long as it takes;
   * - another dependency is away (DEPENDENCY_UNAVAILABLE, OVERLOADED, DEADLINE_EXCEEDED): tries on the retry topic, for as
   *   long as it takes;
   * - PermanentError, or a CodedError whose row says `retry: 'never'`: a dead letter at once;
   * - anything else: tries on the retry topic, after the last one a dead letter.
   */
  handle(tx: Transaction, received: Received<Data>): Promise<void>;
}

/** Any handler, whatever its payload: only who decodes with the handler's own codec may call it. */
export interface AnyEventHandler {
  readonly consumer: string;
  readonly event: Omit<EventDefinition<never>, 'codec'> & { readonly codec: MessageCodec<unknown> };
  readonly order?: HandlerOrder;
  readonly transaction?: HandlerTransaction;
  handle(tx: Transaction, received: Received<never>): Promise<void>;
}
