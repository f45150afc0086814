import { sleep } from '@viernes/platform';
import type pg from 'pg';
import { DataSource, MigrationExecutor, type QueryRunner } from 'typeorm';
import { tryLockInSession } from './advisory-locks.js';
import { dataSourceOptions } from './data-source-options.js';
import type { DatabaseOptions } from './database-options.js';

const LOCK_POLL_MS = 200;

/**
 * Brings the schema up to date. Of replicas that start together one migrates and the others wait for it.
 *
 * Lock and migrations share one connection: whoever loses it loses both, so two never migrate at once, and a crash frees
 * the lock. Each migration has a transaction of its own, and may decline it (`transaction = false`) to build an index
 * concurrently.
 *
 * Of migrations that it does not know, as an old replica sees them beside new ones, it takes no notice.
 *
 * @param signal gives up waiting for another replica
 * @returns the names of the migrations that were run now
 */
export async function migrate(
  options: DatabaseOptions,
  signal: AbortSignal = new AbortController().signal,
): Promise<string[]> {
  const dataSource = new DataSource({
    ...dataSourceOptions({ ...options, entities: [], poolSize: 1 }),
    // A migration of a large table takes as long as it takes, and so does waiting for another replica's.
    extra: { keepAlive: true, statement_timeout: 0 },
  });
  await dataSource.initialize();
  const runner = dataSource.createQueryRunner();
  try {
    await takeLock(runner, signal);
    const executor = new MigrationExecutor(dataSource, runner);
    executor.transaction = 'each';
    const done = await executor.executePendingMigrations();
    return done.map(({ name }) => name);
  } finally {
    // Ending the connection frees the lock, also where the last query failed.
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
