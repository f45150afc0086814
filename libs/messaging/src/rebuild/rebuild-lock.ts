import { tryLockInSession } from '@viernes/database';
import pg from 'pg';
import { RebuildRefusal } from './projection.js';

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
    if (!(await tryLockInSession(client, 'projectionRebuild', projection)))
      throw new RebuildRefusal(`${projection} is being rebuilt already`);
    return await work();
  } finally {
    await client.end().catch(() => undefined);
  }
}
