import { CodedError } from '@viernes/contracts';
import { currentContext } from '@viernes/platform';
import type pg from 'pg';
import type { QueryRunner } from 'typeorm';
import { STATEMENT_TIMEOUT_MS } from './database-options.js';
import { withResponseTimeout } from './response-timeout.js';

type Query = QueryRunner['query'];

/**
 * Statement timeouts within a deadline are multiples of this, so that most connections already have the timeout of a
 * request.
 */
const STEP_MS = 500;

/** A connection keeps a timeout that ends at most this long before the deadline. */
const MAX_UNUSED_MS = 1_000;

/**
 * The time before the deadline in which the caller receives the outcome: a tenth of the remaining time, within these
 * limits.
 */
const MIN_RESERVE_MS = 100;
const MAX_RESERVE_MS = 500;

/** Time for PostgreSQL to report that it canceled a statement, within a deadline and without one. */
const REPORT_MS = 100;
const BACKGROUND_REPORT_MS = 2_000;

/** Only the response timeout limits these: a transaction must be rolled back after the deadline, too. */
const ENDS_TRANSACTION = /^(COMMIT|ROLLBACK|RELEASE)\b/;

/** Returns the milliseconds until the deadline of the current request. Infinity without one. */
function getRemainingMs(): number {
  return Math.floor((currentContext().deadlineAt ?? Infinity) - Date.now());
}

/**
 * Returns the milliseconds for work that must finish in time to report its outcome before the deadline. Infinity
 * without one.
 */
export function getUsableMs(): number {
  const leftMs = getRemainingMs();
  return leftMs - Math.min(MAX_RESERVE_MS, Math.max(MIN_RESERVE_MS, leftMs / 10));
}

/** @throws CodedError DEADLINE_EXCEEDED if the deadline of the current request has passed */
export function assertWithinDeadline(): void {
  if (getRemainingMs() < 1) throw new CodedError('DEADLINE_EXCEEDED', { dependency: 'database' });
}

/**
 * Returns the timeout of a statement that starts now: at most 30 s, and up to 1 s less than the time until the deadline
 * of the current request. PostgreSQL reports a slow statement before that deadline. A missing report means that the
 * server is unavailable. If less than 600 ms remain, the statement gets all of them.
 *
 * @param currentMs the timeout of the connection, which is returned if it is within these limits, so that requests
 *   whose remaining times are just above and below a step do not change it each time
 */
function computeStatementTimeoutMs(currentMs: number): number {
  const usableMs = getUsableMs();
  if (currentMs <= usableMs && getRemainingMs() - currentMs <= MAX_UNUSED_MS) return currentMs;
  const stepped = Math.floor(usableMs / STEP_MS) * STEP_MS;
  // At least 1: PostgreSQL interprets 0 as no limit.
  return Math.max(1, Math.min(STATEMENT_TIMEOUT_MS, stepped > 0 ? stepped : getRemainingMs()));
}

/** Returns the time to wait for the response to a statement: its timeout, and the time to report it. */
function computeResponseTimeoutMs(timeoutMs: number): number {
  return timeoutMs + (timeoutMs === STATEMENT_TIMEOUT_MS ? BACKGROUND_REPORT_MS : REPORT_MS);
}

/**
 * Limits statements by the deadline of the current request. A connection keeps its statement timeout, so most
 * statements need no extra round trip.
 */
export class StatementTimeouts {
  private readonly timeoutByConnection = new WeakMap<pg.PoolClient, number>();
  /** The timeout of the current transaction of a runner, if it differs from that of the connection. */
  private readonly timeoutByTransaction = new WeakMap<QueryRunner, number>();

  /**
   * Runs a statement of a query runner, inside or outside of a transaction.
   *
   * @param query the method of the runner that sends a statement
   * @throws CodedError DEADLINE_EXCEEDED if no time is left; and any error of `query`
   */
  async run<Result>(
    runner: QueryRunner,
    query: (...statement: Parameters<Query>) => Promise<Result>,
    ...statement: Parameters<Query>
  ): Promise<Result> {
    const [sql] = statement;
    const endsTransaction = ENDS_TRANSACTION.test(sql);
    if (!endsTransaction) assertWithinDeadline();
    const client = (await runner.connect()) as pg.PoolClient;
    if (endsTransaction) {
      this.timeoutByTransaction.delete(runner);
      const limitMs = Math.max(BACKGROUND_REPORT_MS, Math.min(STATEMENT_TIMEOUT_MS, getUsableMs()));
      return withResponseTimeout(client, limitMs, () => query(...statement));
    }
    // TypeORM sets the flag before it starts the transaction.
    if (!runner.isTransactionActive || sql === 'START TRANSACTION') {
      return this.runSingle(client, query, () => query(...statement));
    }
    const current = this.timeoutByTransaction.get(runner) ?? this.getTimeoutMs(client);
    const timeoutMs = computeStatementTimeoutMs(current);
    const limitMs = computeResponseTimeoutMs(timeoutMs);
    // The deadline only comes closer: a longer timeout than the current one is never needed.
    if (timeoutMs < current) {
      await withResponseTimeout(client, limitMs, () => query(`SET LOCAL statement_timeout = ${timeoutMs}`));
      this.timeoutByTransaction.set(runner, timeoutMs);
    }
    return withResponseTimeout(client, limitMs, () => query(...statement));
  }

  /**
   * Runs a statement outside of a transaction.
   *
   * @param query sends a statement without parameters
   * @param request sends the statement to run
   * @throws CodedError DEADLINE_EXCEEDED if no time is left; and any error of `query` and `request`
   */
  async runSingle<Result>(
    client: pg.PoolClient,
    query: (sql: string) => Promise<unknown>,
    request: () => Promise<Result>,
  ): Promise<Result> {
    assertWithinDeadline();
    const currentMs = this.getTimeoutMs(client);
    const timeoutMs = computeStatementTimeoutMs(currentMs);
    const limitMs = computeResponseTimeoutMs(timeoutMs);
    if (timeoutMs !== currentMs) {
      await withResponseTimeout(client, limitMs, () => query(`SET statement_timeout = ${timeoutMs}`));
      this.timeoutByConnection.set(client, timeoutMs);
    }
    return withResponseTimeout(client, limitMs, request);
  }

  private getTimeoutMs(client: pg.PoolClient): number {
    return this.timeoutByConnection.get(client) ?? STATEMENT_TIMEOUT_MS;
  }
}
