import pg from 'pg';
import { backing } from './backing.js';
import { uniqueName } from './unique-name.js';

export interface TestDatabase {
  readonly name: string;
  readonly url: string;
  /** Runs one statement on a separate connection. */
  query<Row extends pg.QueryResultRow>(sql: string, parameters?: readonly unknown[]): Promise<Row[]>;
  /** Closes all connections to the database and drops it. */
  drop(): Promise<void>;
}

export async function runOnce<Row extends pg.QueryResultRow>(
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

/**
 * Creates an empty database for one test file.
 *
 * @param admin the URL of a role that has the privilege to create databases
 */
export async function createTestDatabase(admin = backing().postgresUrl): Promise<TestDatabase> {
  const name = uniqueName('test');
  await runOnce(admin, `CREATE DATABASE ${name}`);
  const url = new URL(admin);
  url.pathname = `/${name}`;
  return {
    name,
    url: url.href,
    query: (sql, parameters) => runOnce(url.href, sql, parameters),
    drop: async () => {
      await runOnce(admin, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
    },
  };
}
