import pg from 'pg';
import type { ListPids } from './cpu-meter.js';

/** A connection that lists the server processes of its database. */
export interface PostgresBackends {
  readonly listPids: ListPids;
  readonly stop: () => Promise<void>;
}

/** The server must run on this machine and not in a container, because its process IDs are read from /proc. */
export async function connectToBackends(databaseUrl: string): Promise<PostgresBackends> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  return {
    listPids: async () => {
      const { rows } = await client.query<{ pid: number }>(
        `SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()`,
      );
      return rows.map(({ pid }) => pid);
    },
    stop: () => client.end(),
  };
}
