import type { Transaction } from '@viernes/database';

interface TransactionEvent {
  readonly queryRunner: object;
}

/** A TypeORM subscriber that reports the names that a transaction has added, after its commit and never after a rollback. */
export class CommitListener {
  readonly #pending = new WeakMap<object, string[]>();
  readonly #onCommit: (name: string) => void;

  constructor(onCommit: (name: string) => void) {
    this.#onCommit = onCommit;
  }

  add({ queryRunner }: Transaction, name: string): void {
    if (!queryRunner) throw new Error('not in a transaction');
    const names = this.#pending.get(queryRunner);
    if (names) names.push(name);
    else this.#pending.set(queryRunner, [name]);
  }

  afterTransactionCommit({ queryRunner }: TransactionEvent): void {
    const names = this.#pending.get(queryRunner) ?? [];
    this.#pending.delete(queryRunner);
    for (const name of names) this.#onCommit(name);
  }

  afterTransactionRollback({ queryRunner }: TransactionEvent): void {
    this.#pending.delete(queryRunner);
  }
}
