import type { Transaction } from '@viernes/database';
import type { EntitySubscriberInterface, TransactionCommitEvent, TransactionRollbackEvent } from 'typeorm';

/** Tells what was noted in a transaction once it is committed; never, where it is undone. */
export class Commits implements EntitySubscriberInterface {
  readonly #noted = new WeakMap<object, string[]>();
  readonly #tell: (name: string) => void;

  constructor(tell: (name: string) => void) {
    this.#tell = tell;
  }

  note({ queryRunner }: Transaction, name: string): void {
    if (!queryRunner) throw new Error('not in a transaction');
    const noted = this.#noted.get(queryRunner);
    if (noted) noted.push(name);
    else this.#noted.set(queryRunner, [name]);
  }

  afterTransactionCommit({ queryRunner }: TransactionCommitEvent): void {
    const noted = this.#noted.get(queryRunner) ?? [];
    this.#noted.delete(queryRunner);
    for (const name of noted) this.#tell(name);
  }

  afterTransactionRollback({ queryRunner }: TransactionRollbackEvent): void {
    this.#noted.delete(queryRunner);
  }
}
