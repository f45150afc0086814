import { Injectable } from '@nestjs/common';
import type { DataSource, EntityManager } from 'typeorm';
import { advancePosition, currentContext } from '@viernes/platform';
import { findJointTransaction } from './joint-transaction.js';
import { toPosition } from './replica/position.js';
import { assertWithinDeadline } from './statement-timeout.js';

/** Runs statements inside one transaction: `tx.getRepository(TitleEntity)`, `tx.query(...)`. */
export type Transaction = EntityManager;

/**
 * Runs a statement that is prepared once per connection, so that PostgreSQL parses it once. For frequent statements
 * whose plan does not depend on the parameters.
 *
 * @throws any error of `tx.query`
 */
export function queryPrepared<Rows>(
  tx: Transaction,
  name: string,
  text: string,
  values: readonly unknown[],
): Promise<Rows> {
  // TypeORM has no named statements, but forwards the statement unchanged to pg, which has them.
  return tx.query<Rows>({ name, text } as unknown as string, [...values]);
}

@Injectable()
export class Transactions {
  /** @param hasReplica whether reads can use a replica, so that callers need the positions of their commits */
  constructor(
    private readonly dataSource: DataSource,
    private readonly hasReplica = false,
  ) {}

  /**
   * Commits the work, or rolls it back if it throws or finishes after the deadline of the request: the caller no longer
   * waits, and will retry. In a request with an idempotency key, the commit follows when the request has finished.
   *
   * @throws CodedError DEADLINE_EXCEEDED, DEPENDENCY_UNAVAILABLE (immediately if the database is not ready), OVERLOADED
   *   (deadlock, server out of connections); and any error of `work`. If the connection breaks during or after COMMIT,
   *   the outcome is unknown: the work must be safe to repeat.
   */
  async run<Result>(work: (tx: Transaction) => Promise<Result>): Promise<Result> {
    const joint = findJointTransaction();
    if (joint) return joint.join(work);
    const result = await this.dataSource.transaction(async (tx) => {
      const done = await work(tx);
      assertWithinDeadline();
      return done;
    });
    await this.recordPosition();
    return result;
  }

  /**
   * Commits the transactions that have finished, even in a request with an idempotency key. For use cases that call
   * another system, after a change that must persist if the process is killed during the call.
   */
  async commitStep(): Promise<void> {
    await findJointTransaction()?.commitStep();
  }

  /** Stores the position of a commit in the request context if the caller sent a position: then it expects one. */
  async recordPosition(): Promise<void> {
    const context = currentContext();
    if (!this.hasReplica || context.position === undefined) return;
    // Raw SQL: the query builder has no SELECT without a table.
    const [row] = await this.dataSource.query<{ lsn: string }[]>('SELECT pg_current_wal_insert_lsn() AS lsn');
    if (row) advancePosition(context, toPosition(row.lsn));
  }
}
