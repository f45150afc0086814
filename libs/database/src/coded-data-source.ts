import { CodedError } from '@viernes/contracts';
import pg from 'pg';
import { DataSource, type EntityMetadata, type EntityTarget, type ObjectLiteral, type QueryRunner, type ReplicationMode } from 'typeorm';
import { toDatabaseError } from './database-error.js';

function databaseAway(cause?: unknown): CodedError {
  return new CodedError('DEPENDENCY_UNAVAILABLE', { dependency: 'database' }, { cause });
}

type ConnectCallback = (error: Error | undefined, client: pg.PoolClient | undefined, done: (release?: unknown) => void) => void;

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
 * is connected every use fails so, at once.
 */
export class CodedDataSource extends DataSource {
  private ending: Promise<void> | undefined;

  /** Once, also where Nest's module and ours both end it at shutdown. */
  override destroy(): Promise<void> {
    this.ending ??= super.destroy().finally(() => (this.ending = undefined));
    return this.ending;
  }

  override createQueryRunner(mode?: ReplicationMode): QueryRunner {
    if (!this.isInitialized) throw databaseAway();
    const runner = super.createQueryRunner(mode);
    const query = runner.query.bind(runner);
    runner.query = (...parts: Parameters<QueryRunner['query']>) =>
      query(...parts).catch((error: unknown) => {
        throw toDatabaseError(error);
      });
    return runner;
  }

  override getMetadata(target: EntityTarget<ObjectLiteral>): EntityMetadata {
    if (!this.isInitialized) throw databaseAway();
    return super.getMetadata(target);
  }
}
