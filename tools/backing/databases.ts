import pg from 'pg';

const SERVICES = ['catalog', 'user', 'video'];

/** Returns the URL of another database on the same server. */
export function toDatabaseUrl(postgresUrl: string, database: string): string {
  const url = new URL(postgresUrl);
  url.pathname = `/${database}`;
  return url.href;
}

/** Returns whether the server accepts queries. An open port is not enough: the server can still be starting. */
export async function isPostgresReady(postgresUrl: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: postgresUrl, connectionTimeoutMillis: 2000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.query('SELECT 1');
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** Creates the missing databases of the services. */
export async function createDatabases(postgresUrl: string, prefix = 'viernes_'): Promise<void> {
  await forEachDatabase(postgresUrl, prefix, async (client, name) => {
    const { rowCount } = await client.query('SELECT FROM pg_database WHERE datname = $1', [name]);
    if (rowCount !== 0) return;
    await client.query(`CREATE DATABASE ${pg.escapeIdentifier(name)}`).catch((error: { code?: string }) => {
      // duplicate_database, and unique_violation if two clients create it at the same time.
      if (!['42P04', '23505'].includes(error.code ?? '')) throw error;
    });
  });
}

/** Deletes the databases of the services with their data. */
export function dropDatabases(postgresUrl: string, prefix: string): Promise<void> {
  return forEachDatabase(postgresUrl, prefix, async (client, name) => {
    await client.query(`DROP DATABASE ${pg.escapeIdentifier(name)} WITH (FORCE)`);
  });
}

async function forEachDatabase(
  postgresUrl: string,
  prefix: string,
  run: (client: pg.Client, name: string) => Promise<void>,
): Promise<void> {
  const client = new pg.Client({ connectionString: postgresUrl });
  await client.connect();
  try {
    for (const service of SERVICES) await run(client, prefix + service);
  } finally {
    await client.end();
  }
}
