import { tryLockInSession } from '@viernes/database';
import pg from 'pg';
import { RebuildRejectedError } from './projection.js';

/**
 * Runs work while no other process can rebuild the same projection. If the connection is lost, the lock is free: each run
 * has its own shadow schema, so two runs do not write to the same tables.
 * @throws RebuildRejectedError if a rebuild is in progress
 */
export async function withRebuildLock<Result>(
  url: string,
  projection: string,
  work: () => Promise<Result>,
): Promise<Result> {
  const client = new pg.Client({ connectionString: url, application_name: 'viernes-rebuild', keepAlive: true });
  client.on('error', () => undefined);
  await client.connect();
  try {
    const isLocked = await tryLockInSession(client, 'projectionRebuild', projection);
    if (!isLocked) throw new RebuildRejectedError(`a rebuild of ${projection} is in progress`);
    return await work();
  } finally {
    await client.end().catch(() => undefined);
  }
}
