import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import {
  DataSource,
  type EntityMetadata,
  type EntityTarget,
  type ObjectLiteral,
  type QueryRunner,
  QueryRunnerAlreadyReleasedError,
  type ReplicationMode,
} from 'typeorm';
import { PostgresDriver } from 'typeorm/driver/postgres/PostgresDriver.js';
import { traced } from '@viernes/platform';
import { databaseUnavailable, toDatabaseError } from './database-error.js';
import { ACQUIRE_TIMEOUT_MS } from './database-options.js';
import { describeStatement } from './statement-span.js';
import { getUsableMs, StatementTimeouts } from './statement-timeout.js';

const DRAIN_TIMEOUT_MS = 5_000;
const DRAIN_POLL_MS = 10;

type ConnectCallback = (
  error: Error | undefined,
  client: pg.PoolClient | undefined,
  done: (release?: unknown) => void,
) => void;

/**
 * A pool that rejects with DEPENDENCY_UNAVAILABLE if it is exhausted or the server does not accept a connection: after
 * 5 s, or shortly before the deadline of the current request, whichever is first.
 */
export class CodedPool extends pg.Pool {
  override connect(): Promise<pg.PoolClient>;
  override connect(callback: ConnectCallback): void;
  override connect(callback?: ConnectCallback): Promise<pg.PoolClient> | void {
    if (!callback) {
      return new Promise((resolve, reject) => {
        this.connect((error, client) => (client ? resolve(client) : reject(error)));
      });
    }
    const limitMs = Math.max(1, Math.min(ACQUIRE_TIMEOUT_MS, getUsableMs()));
    let isLate = false;
    const timer = setTimeout(() => {
      isLate = true;
      callback(databaseUnavailable(new Error(`no connection within ${limitMs} ms`)), undefined, () => undefined);
    }, limitMs);
    super.connect((error, client, done) => {
      clearTimeout(timer);
      if (!isLate) callback(error ? databaseUnavailable(error) : undefined, client, done);
      else if (client) done();
    });
  }
}

/**
 * A DataSource that reports an unavailable database as a coded error, in transactions and in single reads. Before it is
 * connected, every use fails immediately. Statements do not outlive the deadline of their request.
 */
export class CodedDataSource extends DataSource {
  private closing: Promise<void> | undefined;
  /** Shared with Reads, because both use the connections of one pool. */
  readonly statementTimeouts = new StatementTimeouts();

  /** Waits up to 5 s for the work in progress. Nest's module and ours call it. Concurrent calls share the result. */
  override destroy(): Promise<void> {
    this.closing ??= this.drain()
      .then(() => super.destroy())
      .finally(() => (this.closing = undefined));
    return this.closing;
  }

  /** Without this wait, TypeORM would close the connections of transactions in progress. */
  private async drain(): Promise<void> {
    if (!(this.driver instanceof PostgresDriver)) return;
    const endsAt = Date.now() + DRAIN_TIMEOUT_MS;
    while (this.driver.connectedQueryRunners.length > 0 && Date.now() < endsAt) await delay(DRAIN_POLL_MS);
  }

  override createQueryRunner(mode?: ReplicationMode): QueryRunner {
    if (!this.isInitialized) throw databaseUnavailable();
    const runner = super.createQueryRunner(mode);
    const query = runner.query.bind(runner);
    const release = runner.release.bind(runner);
    let isReleasedByCaller = false;
    runner.release = () => {
      isReleasedByCaller = true;
      return release();
    };
    const run = async (...statement: Parameters<QueryRunner['query']>) => {
      try {
        return await this.statementTimeouts.run(runner, query, ...statement);
      } catch (error) {
        // If the server closes the connection between two statements, TypeORM only reports that the runner is released.
        if (error instanceof QueryRunnerAlreadyReleasedError && !isReleasedByCaller) throw databaseUnavailable(error);
        throw toDatabaseError(error);
      }
    };
    // TypeORM forwards a named statement unchanged to pg.
    runner.query = (...statement: Parameters<QueryRunner['query']>) =>
      traced(
        () => describeStatement(statement[0]),
        () => run(...statement),
      );
    return runner;
  }

  override getMetadata(target: EntityTarget<ObjectLiteral>): EntityMetadata {
    if (!this.isInitialized) throw databaseUnavailable();
    return super.getMetadata(target);
  }
}
