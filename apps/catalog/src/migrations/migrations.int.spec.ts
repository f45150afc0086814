import { checkMigrationDrift, findBreakingChanges, migrate } from '@viernes/database';
import { backing, createTestDatabase } from '@viernes/testing';
import { DataSource } from 'typeorm';
import { ENTITIES, MIGRATIONS } from '../schema.js';
import { createTitleNameOrder } from './1763800000000-title-name-order.js';

describe('catalog migrations', () => {
  it('creates exactly the schema of the entities', async () => {
    const options = { url: backing().postgresUrl, entities: ENTITIES, migrations: MIGRATIONS };
    expect(await checkMigrationDrift(options)).toEqual([]);
  });

  it('contains no change that breaks replicas of the previous version', async () => {
    expect(await findBreakingChanges(MIGRATIONS)).toEqual([]);
  });

  it('configures the database for short reads', async () => {
    const database = await createTestDatabase();
    await migrate({ url: database.url, entities: ENTITIES, migrations: MIGRATIONS });
    const dataSource = await new DataSource({ type: 'postgres', url: database.url }).initialize();
    const settings = await dataSource.query<unknown[]>(
      `SELECT current_setting('random_page_cost') AS pages, current_setting('max_parallel_workers_per_gather') AS workers`,
    );
    await dataSource.destroy();
    await database.drop();
    expect(settings).toEqual([{ pages: '1.1', workers: '0' }]);
  });

  it('creates the order of names of a language that is added after the first start', async () => {
    const database = await createTestDatabase();
    const options = { url: database.url, entities: ENTITIES, migrations: MIGRATIONS };
    await migrate(options);
    const added = createTitleNameOrder({
      language: 'pt-BR',
      collation: 'title_name_pt_br',
      index: 'title_by_name_pt_br',
      icuLocale: 'pt-BR-u-kn-true',
    });
    const migrations = [...MIGRATIONS, added];
    expect(await migrate({ ...options, migrations })).toEqual(['TitleNameOrder_pt-BR_1763800000000']);
    expect(await migrate({ ...options, migrations })).toEqual([]);
    await database.drop();
  });
});
