import { Injectable } from '@nestjs/common';
import { CodedError } from '@viernes/contracts';
import { currentCall } from '@viernes/platform';
import type { DataSource, EntityManager } from 'typeorm';
import { STATEMENT_TIMEOUT_MS } from './database-options.js';
import { toDatabaseError } from './database-error.js';

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
    const { deadlineAt } = currentCall();
    try {
      return await this.dataSource.transaction(async (tx) => {
        const timeoutMs = Math.min(STATEMENT_TIMEOUT_MS, remainingMs(deadlineAt));
        await tx.query(`SELECT set_config('statement_timeout', $1, true)`, [String(timeoutMs)]);
        const result = await work(tx);
        remainingMs(deadlineAt);
        return result;
      });
    } catch (error) {
      throw toDatabaseError(error);
    }
  }
}

/** Whole milliseconds, at least 1: to PostgreSQL 0 means no limit. */
function remainingMs(deadlineAt: number | undefined): number {
  if (deadlineAt === undefined) return Infinity;
  const leftMs = Math.floor(deadlineAt - Date.now());
  if (leftMs < 1) throw new CodedError('DEADLINE_EXCEEDED', { dependency: 'database' });
  return leftMs;
}
