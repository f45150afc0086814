import pg from 'pg';
import { RebuildRefusal } from './projection.js';

/** Any class of two-part advisory locks that nobody else uses in these databases. */
const REBUILD_LOCK_CLASS = 8_439;

/**
 * Holds off other rebuilds of the same projection while it runs work.
 * @throws RebuildRefusal where one is under way
 */
export async function withRebuildLock<Result>(
  url: string,
  projection: string,
  work: () => Promise<Result>,
): Promise<Result> {
  const client = new pg.Client({ connectionString: url, application_name: 'viernes-rebuild', keepAlive: true });
  // A connection that broke frees the lock; the tables of a run are its own all the same.
  client.on('error', () => undefined);
  await client.connect();
  try {
    const { rows } = await client.query<{ isFree: boolean }>(
      'SELECT pg_try_advisory_lock($1, hashtext($2)) AS "isFree"',
      [REBUILD_LOCK_CLASS, projection],
    );
    if (rows[0]?.isFree !== true) throw new RebuildRefusal(`${projection} is being rebuilt already`);
    return await work();
  } finally {
    await client.end().catch(() => undefined);
  }
}
