import type { EventDefinition } from '@viernes/contracts';
import type { Transaction } from '@viernes/database';

/** Where a change leaves its events: published after the transaction commits, never if it does not. */
export abstract class Outbox {
  /**
   * Events of one topic and key arrive in the order their transactions committed; two transactions that add for the same
   * key therefore wait for each other. Call it late in the transaction. Several events cost one round trip when they are
   * given at once.
   *
   * @param data up to 500 payloads, at most 256 KiB each
   * @throws CodedError as any query of the transaction does
   * @throws RangeError over those limits
   */
  abstract add<Data>(tx: Transaction, event: EventDefinition<Data>, ...data: readonly Data[]): Promise<void>;
}
