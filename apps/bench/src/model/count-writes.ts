import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';

/** Sessions report their statistics with a delay of up to a second. */
const STATISTICS_DELAY_MS = 1_500;

/** Rows that were inserted, updated, or deleted in all databases while `work` ran, per request of `work`. */
export async function countWritesPerRequest(postgresUrl: string, work: () => Promise<number>): Promise<number> {
  const client = new pg.Client({ connectionString: postgresUrl });
  await client.connect();
  try {
    const before = await countWrites(client);
    const requests = await work();
    return ((await countWrites(client)) - before) / requests;
  } finally {
    await client.end();
  }
}

async function countWrites(client: pg.Client): Promise<number> {
  await sleep(STATISTICS_DELAY_MS);
  const { rows } = await client.query<{ count: string }>(
    'SELECT sum(tup_inserted + tup_updated + tup_deleted) AS count FROM pg_stat_database',
  );
  return Number(rows[0]?.count);
}
