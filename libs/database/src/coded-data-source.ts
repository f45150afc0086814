import { setTimeout as delay } from 'node:timers/promises';
import { CodedError } from '@viernes/contracts';
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
import { answered } from './answer-timeout.js';
import { toDatabaseError } from './database-error.js';
import { StatementTimeouts } from './statement-timeout.js';

const DRAIN_TIMEOUT_MS = 5_000;
const DRAIN_POLL_MS = 10;

function databaseAway(cause?: unknown): CodedError {
  return new CodedError('DEPENDENCY_UNAVAILABLE', { dependency: 'database' }, { cause });
}

type ConnectCallback = (
  error: Error | undefined,
  client: pg.PoolClient | undefined,
  done: (release?: unknown) => void,
) => void;

/** pg tells of a full pool or a server that is away by an error without a code: here it gets one. */
export class CodedPool extends pg.Pool {
  override connect(): Promise<pg.PoolClient>;
  override connect(callback: ConnectCallback): void;
  override connect(callback?: ConnectCallback): Promise<pg.PoolClient> | void {
    if (!callback) {
      return super.connect().catch((error: unknown) => {
        throw databaseAway(error);
      });
    }
    super.connect((error, client, done) => callback(error ? databaseAway(error) : undefined, client, done));
  }
}

/**
 * A DataSource whose failures to reach the database are coded errors, in transactions and in plain reads alike; before it
 * is connected every use fails so, at once. No statement outlives the deadline of its call, and none waits much longer for a
 * server that vanished.
 */
export class CodedDataSource extends DataSource {
  private ending: Promise<void> | undefined;
  private readonly statementTimeouts = new StatementTimeouts();

  /** Once, also where Nest's module and ours both end it at shutdown; and after the work in flight, within a bound. */
  override destroy(): Promise<void> {
    this.ending ??= this.drain()
      .then(() => super.destroy())
      .finally(() => (this.ending = undefined));
    return this.ending;
  }

  /** TypeORM itself takes the connections away from transactions that are under way. */
  private async drain(): Promise<void> {
    if (!(this.driver instanceof PostgresDriver)) return;
    const endsAt = Date.now() + DRAIN_TIMEOUT_MS;
    while (this.driver.connectedQueryRunners.length > 0 && Date.now() < endsAt) await delay(DRAIN_POLL_MS);
  }

  override createQueryRunner(mode?: ReplicationMode): QueryRunner {
    if (!this.isInitialized) throw databaseAway();
    const runner = super.createQueryRunner(mode);
    const ask = runner.query.bind(runner);
    const release = runner.release.bind(runner);
    let isGivenBack = false;
    runner.release = () => {
      isGivenBack = true;
      return release();
    };
    const query = (...parts: Parameters<QueryRunner['query']>) => answered(runner, () => ask(...parts));
    runner.query = async (...parts: Parameters<QueryRunner['query']>) => {
      try {
        if (!runner.isTransactionActive) await this.statementTimeouts.apply(runner, query);
        return await query(...parts);
      } catch (error) {
        // The server hung up between two statements: TypeORM takes the connection away, and says no more than that.
        if (error instanceof QueryRunnerAlreadyReleasedError && !isGivenBack) throw databaseAway(error);
        throw toDatabaseError(error);
      }
    };
    return runner;
  }

  override getMetadata(target: EntityTarget<ObjectLiteral>): EntityMetadata {
    if (!this.isInitialized) throw databaseAway();
    return super.getMetadata(target);
  }
}
