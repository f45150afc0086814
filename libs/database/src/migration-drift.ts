import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { createDataSource } from './data-source-options.js';
import type { DatabaseOptions } from './database-options.js';
import { migrate } from './migrate.js';

/**
 * Compares the entities with the migrations: runs the migrations in a temporary database on the server of `url`, and
 * generates the missing statements. Raw SQL: TypeORM has no `DROP DATABASE … WITH (FORCE)`.
 *
 * @param options the role in `url` must have the privilege to create databases
 * @returns the statements of the migration that TypeORM would generate now; empty if entities and migrations agree
 */
export async function checkMigrationDrift(options: DatabaseOptions): Promise<string[]> {
  const name = `drift_${randomBytes(6).toString('hex')}`;
  const admin = new pg.Client({ connectionString: options.url });
  await admin.connect();
  try {
    await admin.query(`CREATE DATABASE ${name}`);
    const url = new URL(options.url);
    url.pathname = `/${name}`;
    return await generateMissingSql({ ...options, url: url.href });
  } finally {
    await admin.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
    await admin.end();
  }
}

async function generateMissingSql(options: DatabaseOptions): Promise<string[]> {
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
