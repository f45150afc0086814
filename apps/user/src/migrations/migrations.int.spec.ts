import { checkMigrationDrift } from '@viernes/database';
import { backing } from '@viernes/testing';
import { ENTITIES, MIGRATIONS } from '../schema.js';

it('a migration generated from the entities comes out empty', async () => {
  const options = { url: backing().postgresUrl, entities: ENTITIES, migrations: MIGRATIONS };
  expect(await checkMigrationDrift(options)).toEqual([]);
});
