import type { MigrationInterface } from 'typeorm';

export interface DatabaseOptions {
  /** `postgres://user:password@host:port/database`. */
  readonly url: string;
  readonly entities: readonly EntityClass[];
  /** Ordered by the timestamp at the end of their class names, as TypeORM reads it. */
  readonly migrations: readonly MigrationClass[];
  /** Most connections of this process at once, without the few that the outbox relay keeps for itself. Default 10. */
  readonly poolSize?: number;
  /** As the server lists its clients. Default `viernes`. */
  readonly applicationName?: string;
}

export type EntityClass = abstract new (...parts: never[]) => object;

/** Declared by a migration that takes away, or tightens, what an earlier version relied on. */
export interface ContractStep {
  /** The first version that does not rely on it any more: from an older one nobody may upgrade to this step directly. */
  readonly unusedSince: string;
  /** Why nothing that runs by then misses it. */
  readonly reason: string;
}

export interface MigrationClass {
  new (): MigrationInterface;
  readonly contractStep?: ContractStep | undefined;
}

/** How long a query may wait for a free connection, or for the server to accept one, in milliseconds. */
export const ACQUIRE_TIMEOUT_MS = 5_000;

/** The longest that one statement may run where no deadline is nearer, in milliseconds. */
export const STATEMENT_TIMEOUT_MS = 30_000;

/** A transaction whose process forgot it is ended by the server, so that its locks do not stay for ever. */
export const IDLE_IN_TRANSACTION_TIMEOUT_MS = 60_000;

export const DEFAULT_POOL_SIZE = 10;
