import pg from 'pg';

export const DATABASES = ['viernes_catalog', 'viernes_user', 'viernes_video'] as const;

const ALREADY_THERE = new Set(['42P04', '23505']); // duplicate_database, and the race of two who make it at once

/** Address of another database on the same server. */
export function databaseUrl(postgresUrl: string, database: string): string {
  const url = new URL(postgresUrl);
  url.pathname = `/${database}`;
  return url.href;
}

/** Whether the server takes queries: a port that is open may still answer "the database system is starting up". */
export async function postgresAnswers(postgresUrl: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: postgresUrl, connectionTimeoutMillis: 2000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.query('select 1');
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** Makes the databases that are absent. */
export async function createDatabases(postgresUrl: string, names: readonly string[]): Promise<void> {
  const client = new pg.Client({ connectionString: postgresUrl });
  await client.connect();
  try {
    for (const name of names) {
      const { rowCount } = await client.query('select from pg_database where datname = $1', [name]);
      if (rowCount !== 0) continue;
      await client.query(`create database ${pg.escapeIdentifier(name)}`).catch((error: { code?: string }) => {
        if (!ALREADY_THERE.has(error.code ?? '')) throw error;
      });
    }
  } finally {
    await client.end();
  }
}
