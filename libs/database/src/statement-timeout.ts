import { CodedError } from '@viernes/contracts';
import { currentContext } from '@viernes/platform';
import type { QueryRunner } from 'typeorm';
import { STATEMENT_TIMEOUT_MS } from './database-options.js';

const SECOND_MS = 1_000;

/**
 * How long a statement of the current call may run: what is left until its deadline, 30 s at most and where there is none.
 *
 * @returns whole milliseconds, at least 1: to PostgreSQL 0 means no limit
 * @throws CodedError DEADLINE_EXCEEDED when nothing is left
 */
export function statementTimeoutMs(): number {
  const { deadlineAt = Infinity } = currentContext();
  const leftMs = Math.floor(deadlineAt - Date.now());
  if (leftMs < 1) throw new CodedError('DEADLINE_EXCEEDED', { dependency: 'database' });
  return Math.min(STATEMENT_TIMEOUT_MS, leftMs);
}

/**
 * Gives statements outside of transactions the deadline of their call. A connection keeps its limit from one statement to
 * the next, so whole seconds are asked for, rounded up: calls with the usual deadline then need no word more.
 */
export class StatementTimeouts {
  private readonly limits = new WeakMap<object, number>();

  async apply(runner: QueryRunner, query: QueryRunner['query']): Promise<void> {
    const limitMs = Math.ceil(statementTimeoutMs() / SECOND_MS) * SECOND_MS;
    const connection = (await runner.connect()) as object;
    if ((this.limits.get(connection) ?? STATEMENT_TIMEOUT_MS) === limitMs) return;
    await query(`SET statement_timeout = ${limitMs}`);
    this.limits.set(connection, limitMs);
  }
}
