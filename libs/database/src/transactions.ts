import { Injectable } from '@nestjs/common';
import type { DataSource, EntityManager } from 'typeorm';
import { assertWithinDeadline } from './statement-timeout.js';

/** Runs statements inside one transaction: `tx.getRepository(TitleEntity)`, `tx.query(...)`. */
export type Transaction = EntityManager;

/**
 * Runs a statement that is prepared once per connection, so that PostgreSQL parses it once. For frequent statements
 * whose plan does not depend on the parameters.
 *
 * @throws what `tx.query` throws
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
  constructor(private readonly dataSource: DataSource) {}

  /**
   * Commits the work, or rolls it back if it throws or finishes after the deadline of the request: the caller does not wait
   * any longer, and will retry.
   *
   * @throws CodedError DEADLINE_EXCEEDED, DEPENDENCY_UNAVAILABLE (immediately if the database is not ready), OVERLOADED
   *   (deadlock, server out of connections), and what `work` throws. If the connection breaks during COMMIT, the outcome is
   *   unknown: the work must be safe to repeat.
   */
  async run<Result>(work: (tx: Transaction) => Promise<Result>): Promise<Result> {
    return this.dataSource.transaction(async (tx) => {
      const result = await work(tx);
      assertWithinDeadline();
      return result;
    });
  }
}
