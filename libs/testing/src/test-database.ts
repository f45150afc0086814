import pg from 'pg';
import { backing } from './backing.js';
import { uniqueName } from './unique-name.js';

export interface TestDatabase {
  readonly name: string;
  readonly url: string;
  /** One statement on a connection of its own. */
  query<Row extends pg.QueryResultRow>(sql: string, parameters?: readonly unknown[]): Promise<Row[]>;
  /** Ends every connection to it and drops it. */
  drop(): Promise<void>;
}

async function once<Row extends pg.QueryResultRow>(
  url: string,
  sql: string,
  parameters: readonly unknown[] = [],
): Promise<Row[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Row>(sql, [...parameters])).rows;
  } finally {
    await client.end();
  }
}

/** An empty database of its own for one test file. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const admin = backing().postgresUrl;
  const name = uniqueName('test');
  await once(admin, `CREATE DATABASE ${name}`);
  const url = new URL(admin);
  url.pathname = `/${name}`;
  return {
    name,
    url: url.href,
    query: (sql, parameters) => once(url.href, sql, parameters),
    drop: async () => {
      await once(admin, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
    },
  };
}
