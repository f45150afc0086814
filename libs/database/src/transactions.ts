import { Injectable } from '@nestjs/common';
import type { DataSource, EntityManager } from 'typeorm';
import { toDatabaseError } from './database-error.js';
import { statementTimeoutMs } from './statement-timeout.js';

/** What runs inside one transaction: `tx.getRepository(TitleEntity)`, `tx.query(...)`. */
export type Transaction = EntityManager;

@Injectable()
export class Transactions {
  constructor(private readonly dataSource: DataSource) {}

  /**
   * Commits what `work` did, or undoes it all when it throws. No statement outlives the deadline of the call (30 s where
   * there is none), and work that ends after its deadline is undone: nobody waits for it any more, and who asked will
   * ask again.
   *
   * @throws CodedError DEADLINE_EXCEEDED, DEPENDENCY_UNAVAILABLE (also at once before the database is ready), OVERLOADED
   *   (deadlock, server out of connections), and whatever `work` throws. After a connection lost during COMMIT nobody
   *   knows whether it happened: make the work safe to repeat.
   */
  async run<Result>(work: (tx: Transaction) => Promise<Result>): Promise<Result> {
    try {
      return await this.dataSource.transaction(async (tx) => {
        await tx.query(`SELECT set_config('statement_timeout', $1, true)`, [String(statementTimeoutMs())]);
        const result = await work(tx);
        statementTimeoutMs();
        return result;
      });
    } catch (error) {
      throw toDatabaseError(error);
    }
  }
}
