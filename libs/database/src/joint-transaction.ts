import { AsyncLocalStorage } from 'node:async_hooks';
import type { DataSource, QueryRunner } from 'typeorm';
import { databaseUnavailable } from './database-error.js';
import { assertWithinDeadline } from './statement-timeout.js';
import type { Transaction } from './transactions.js';

const storage = new AsyncLocalStorage<JointTransaction>();

/** Returns the joint transaction of the current work, undefined if each of its transactions commits separately. */
export function findJointTransaction(): JointTransaction | undefined {
  const joint = storage.getStore();
  // Work that was started in the background outlives the transaction.
  return joint?.isFinished === false ? joint : undefined;
}

interface JointHooks {
  /** The first statements of the first transaction. If they fail, this transaction fails. */
  readonly begin: (tx: Transaction) => Promise<void>;
  /** The last statements before a step of the work is committed. */
  readonly beforeStep: (tx: Transaction) => Promise<void>;
}

/**
 * Commits all transactions of some work together. The joint transaction begins with the first of them, so that earlier
 * work, such as hashing a password, keeps no connection busy. Each transaction is a savepoint: if it fails, only its
 * own changes are rolled back. The transactions must not run concurrently.
 */
export class JointTransaction {
  /** Whether a step of the work is committed, so that a failure of the remaining work must be recorded. */
  hasCommittedStep = false;
  isFinished = false;
  private runner: QueryRunner | undefined;

  constructor(
    private readonly dataSource: DataSource,
    private readonly hooks: JointHooks,
  ) {}

  /** Undefined before the first transaction of the work. */
  get current(): Transaction | undefined {
    return this.runner?.manager;
  }

  /** Runs work whose transactions join this one. */
  include<Result>(work: () => Promise<Result>): Promise<Result> {
    return storage.run(this, work);
  }

  /** Runs work in a savepoint. @throws any error of the hook `begin` and of `work`, and those of `Transactions.run` */
  async join<Result>(work: (tx: Transaction) => Promise<Result>): Promise<Result> {
    const { manager } = requireActive(this.runner ?? (await this.start()));
    return manager.transaction(async (tx) => {
      const done = await work(tx);
      assertWithinDeadline();
      return done;
    });
  }

  /**
   * Commits the transactions that have succeeded so far. The next transaction of the work begins a new joint
   * transaction.
   */
  async commitStep(): Promise<void> {
    if (!this.runner) return;
    await this.join(this.hooks.beforeStep);
    await this.end((runner) => requireActive(runner).commitTransaction());
    this.hasCommittedStep = true;
  }

  async commit(): Promise<void> {
    this.isFinished = true;
    await this.end((runner) => requireActive(runner).commitTransaction());
  }

  async rollback(): Promise<void> {
    this.isFinished = true;
    await this.end(async (runner) => {
      if (runner.isTransactionActive) await runner.rollbackTransaction();
    });
  }

  private async start(): Promise<QueryRunner> {
    const runner = this.dataSource.createQueryRunner();
    this.runner = runner;
    try {
      await runner.startTransaction();
      if (!this.hasCommittedStep) await this.hooks.begin(runner.manager);
      return runner;
    } catch (error) {
      await this.end((failed) => failed.rollbackTransaction()).catch(() => undefined);
      throw error;
    }
  }

  private async end(finish: (runner: QueryRunner) => Promise<void>): Promise<void> {
    const { runner } = this;
    this.runner = undefined;
    if (!runner) return;
    try {
      await finish(runner);
    } finally {
      await runner.release();
    }
  }
}

/** TypeORM rolls back the entire transaction if the database does not create a savepoint. */
function requireActive(runner: QueryRunner): QueryRunner {
  if (!runner.isTransactionActive) throw databaseUnavailable(new Error('the transaction was rolled back'));
  return runner;
}
