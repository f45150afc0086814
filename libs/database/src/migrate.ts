import { sleep } from '@viernes/platform';
import type pg from 'pg';
import { DataSource, MigrationExecutor, type QueryRunner } from 'typeorm';
import { tryLockInSession } from './advisory-locks.js';
import { toDataSourceOptions } from './data-source-options.js';
import { toDatabaseError } from './database-error.js';
import type { DatabaseOptions } from './database-options.js';

const LOCK_POLL_MS = 200;

/**
 * Runs the pending migrations. If several replicas start together, one migrates and the others wait for it.
 *
 * The lock and the migrations share one connection, so a replica that loses the lock cannot continue to migrate, and a
 * crash releases the lock. Each migration has its own transaction, unless it sets `transaction = false` to build an
 * index concurrently.
 *
 * Ignores migrations in the database that this version does not know: a newer replica ran them.
 *
 * @param signal stops waiting for another replica
 * @returns the names of the migrations that ran now
 */
export async function migrate(
  options: DatabaseOptions,
  signal: AbortSignal = new AbortController().signal,
): Promise<string[]> {
  const dataSource = new DataSource({
    ...toDataSourceOptions({ ...options, entities: [], poolSize: 1 }),
    extra: { keepAlive: true },
  });
  await dataSource.initialize();
  const runner = dataSource.createQueryRunner();
  try {
    // Migrating a large table takes as long as necessary, even if the role or the server has a timeout. pg does not
    // send a `statement_timeout` of 0 when it connects.
    await runner.query('SET statement_timeout = 0');
    await takeLock(runner, signal);
    const executor = new MigrationExecutor(dataSource, runner);
    executor.transaction = 'each';
    const migrations = await executor.executePendingMigrations();
    return migrations.map(({ name }) => name);
  } catch (error) {
    throw toDatabaseError(error);
  } finally {
    // Closing the connection releases the lock, even if the last query failed.
    await runner.release();
    await dataSource.destroy();
  }
}

async function takeLock(runner: QueryRunner, signal: AbortSignal): Promise<void> {
  const connection = (await runner.connect()) as pg.PoolClient;
  while (!signal.aborted) {
    if (await tryLockInSession(connection, 'migrations')) return;
    await sleep(LOCK_POLL_MS, signal);
  }
  signal.throwIfAborted();
}
