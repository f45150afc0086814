import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { createDataSource } from './data-source-options.js';
import type { DatabaseOptions } from './database-options.js';
import { migrate } from './migrate.js';

/**
 * Whether entities and migrations say the same: runs the migrations in an empty database made for it beside the one of
 * `url`, and generates what is missing.
 *
 * @param options `url` needs a role that may create databases
 * @returns the statements that a migration generated now would hold; none when all is well
 */
export async function checkMigrationDrift(options: DatabaseOptions): Promise<string[]> {
  const name = `drift_${randomBytes(6).toString('hex')}`;
  const admin = new pg.Client({ connectionString: options.url });
  await admin.connect();
  try {
    await admin.query(`CREATE DATABASE ${name}`);
    const url = new URL(options.url);
    url.pathname = `/${name}`;
    return await generatedSql({ ...options, url: url.href });
  } finally {
    await admin.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
    await admin.end();
  }
}

async function generatedSql(options: DatabaseOptions): Promise<string[]> {
  await migrate(options);
  const dataSource = createDataSource(options);
  await dataSource.initialize();
  try {
    const { upQueries } = await dataSource.driver.createSchemaBuilder().log();
    return upQueries.map(({ query }) => query);
  } finally {
    await dataSource.destroy();
  }
}
