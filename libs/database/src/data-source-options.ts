import pg from 'pg';
import type { DataSource, DataSourceOptions } from 'typeorm';
import { CodedDataSource, CodedPool } from './coded-data-source.js';
import {
  ACQUIRE_TIMEOUT_MS,
  DEFAULT_POOL_SIZE,
  IDLE_IN_TRANSACTION_TIMEOUT_MS,
  STATEMENT_TIMEOUT_MS,
  type DatabaseOptions,
} from './database-options.js';
import { SnakeCaseNaming } from './snake-case-naming.js';
import { TypeormLog } from './typeorm-log.js';
import { VALUE_TYPES } from './value-parsers.js';

const DEFAULT_APPLICATION_NAME = 'viernes';

const CONNECTION_SETTINGS = {
  types: VALUE_TYPES,
  keepAlive: true,
  idleTimeoutMillis: 30_000,
  statement_timeout: STATEMENT_TIMEOUT_MS,
  idle_in_transaction_session_timeout: IDLE_IN_TRANSACTION_TIMEOUT_MS,
};

/** Returns the TypeORM settings of every service: limited pool, timeouts on the server, snake case. */
export function toDataSourceOptions(options: DatabaseOptions): DataSourceOptions {
  const log = new TypeormLog();
  return {
    type: 'postgres',
    url: options.url,
    driver: { ...pg, Pool: CodedPool },
    entities: [...options.entities],
    migrations: [...options.migrations],
    migrationsTableName: 'migrations',
    migrationsTransactionMode: 'each',
    namingStrategy: new SnakeCaseNaming(),
    poolSize: options.poolSize ?? DEFAULT_POOL_SIZE,
    connectTimeoutMS: ACQUIRE_TIMEOUT_MS,
    applicationName: options.applicationName ?? DEFAULT_APPLICATION_NAME,
    // Migrations create extensions. Creating them at each start requires privileges that a service must not have.
    installExtensions: false,
    uuidExtension: 'pgcrypto',
    logger: log,
    // Without a listener, an idle connection that the server closes would terminate the process.
    poolErrorHandler: (error: unknown) => log.log('warn', error),
    extra: CONNECTION_SETTINGS,
  };
}

/** Returns the settings of a pool without TypeORM, with the same limits. */
export function toPoolSettings({ poolSize, applicationName }: DatabaseOptions): pg.PoolConfig {
  return {
    ...CONNECTION_SETTINGS,
    max: poolSize ?? DEFAULT_POOL_SIZE,
    connectionTimeoutMillis: ACQUIRE_TIMEOUT_MS,
    application_name: applicationName ?? DEFAULT_APPLICATION_NAME,
  };
}

/**
 * Creates a DataSource with the settings of the services, for tests and commands. It is not connected: every use before
 * `initialize()`, or while the database is unavailable, fails with DEPENDENCY_UNAVAILABLE.
 */
export function createDataSource(options: DatabaseOptions): DataSource {
  return new CodedDataSource(toDataSourceOptions(options));
}
