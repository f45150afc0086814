import { checkMigrationDrift, findBreakingChanges } from '@viernes/database';
import { backing } from '@viernes/testing';
import { ENTITIES, MIGRATIONS } from '../schema.js';

describe('user migrations', () => {
  it('creates exactly the schema of the entities', async () => {
    const options = { url: backing().postgresUrl, entities: ENTITIES, migrations: MIGRATIONS };
    expect(await checkMigrationDrift(options)).toEqual([]);
  });

  it('contains no change that breaks replicas of the previous version', async () => {
    expect(await findBreakingChanges(MIGRATIONS)).toEqual([]);
  });
});
