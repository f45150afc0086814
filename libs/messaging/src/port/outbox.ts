import type { EventDefinition } from '@viernes/contracts';
import type { Transaction } from '@viernes/database';

/** Where a change leaves its event: published after the transaction commits, never if it does not. */
export abstract class Outbox {
  /**
   * Events of one topic and key arrive in the order their transactions committed; two transactions that add for the same
   * key therefore wait for each other. Call it late in the transaction.
   *
   * @throws CodedError as any query of the transaction does
   */
  abstract add<Data>(tx: Transaction, event: EventDefinition<Data>, data: Data): Promise<void>;
}
