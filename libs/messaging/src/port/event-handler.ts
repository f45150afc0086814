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

/** One consequence of one event. A class of it, listed in MessagingModule.forRoot, is made by Nest with what it injects. */
export interface EventHandler<Data> {
  /** Its name in the inbox, `catalog.mark-title-playable`: renaming it handles old events again. */
  readonly consumer: string;
  readonly event: EventDefinition<Data>;
  /**
   * Runs once for each event id: what it does through `tx` commits together with the record that it did. An error undoes
   * both and the event comes again: for ever while the database is away, a few times for any other error, after which the
   * event is parked in the dead-letter topic. What it does elsewhere must be safe to repeat.
   */
  handle(tx: Transaction, received: Received<Data>): Promise<void>;
}

/** Any handler, whatever its payload: only who decodes with the handler's own codec may call it. */
export interface AnyEventHandler {
  readonly consumer: string;
  readonly event: Omit<EventDefinition<never>, 'codec'> & { readonly codec: MessageCodec<unknown> };
  handle(tx: Transaction, received: Received<never>): Promise<void>;
}
