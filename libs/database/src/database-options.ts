import type { MigrationInterface } from 'typeorm';

export interface DatabaseOptions {
  /** `postgres://user:password@host:port/database`. */
  readonly url: string;
  readonly entities: readonly EntityClass[];
  /** TypeORM orders them by the timestamp at the end of their class names. */
  readonly migrations: readonly MigrationClass[];
  /**
   * Maximum number of pooled connections of this process, to the primary and to the replica each. Default 10. The
   * outbox relay and `Notifications` have separate connections.
   */
  readonly poolSize?: number;
  /** The name in `pg_stat_activity`. Default `viernes`. */
  readonly applicationName?: string;
  /** Serves the reads of `Reads` while its lag is within the limit. Default: none. */
  readonly replica?: ReplicaOptions | undefined;
}

export interface ReplicaOptions {
  /** `postgres://user:password@host:port/database` of a streaming replica. */
  readonly url: string;
  /** Reads use the primary while the lag of the replica is greater. */
  readonly maxLagSeconds: number;
}

export type EntityClass = abstract new (...parts: never[]) => object;

/** Declared by a migration that removes or restricts objects that an earlier version uses. */
export interface ContractStep {
  /** The first version that no longer uses them. Users of older versions must upgrade to this version first. */
  readonly unusedSince: string;
  /** Why no running version depends on them. */
  readonly reason: string;
}

export interface MigrationClass {
  new (): MigrationInterface;
  readonly contractStep?: ContractStep | undefined;
}

/** Maximum wait for a free connection, or for the server to accept one, in milliseconds. */
export const ACQUIRE_TIMEOUT_MS = 5_000;

/** Maximum duration of one statement if no deadline is earlier, in milliseconds. */
export const STATEMENT_TIMEOUT_MS = 30_000;

/** Maximum wait of a transaction for its next statement, in milliseconds. Then the server rolls it back. */
export const IDLE_IN_TRANSACTION_TIMEOUT_MS = 60_000;

export const DEFAULT_POOL_SIZE = 10;
