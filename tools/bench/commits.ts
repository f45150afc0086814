import type { Transaction } from '@viernes/database';

interface EndOfTransaction {
  readonly queryRunner: object;
}

/** A subscriber of TypeORM: tells what was noted in a transaction once it is committed; never, where it is undone. */
export class Commits {
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

  afterTransactionCommit({ queryRunner }: EndOfTransaction): void {
    const noted = this.#noted.get(queryRunner) ?? [];
    this.#noted.delete(queryRunner);
    for (const name of noted) this.#tell(name);
  }

  afterTransactionRollback({ queryRunner }: EndOfTransaction): void {
    this.#noted.delete(queryRunner);
  }
}
