import { findBreakingChanges } from '@viernes/database';
import { MIGRATIONS } from '../schema.js';

it('no migration breaks replicas of the version before', async () => {
  expect(await findBreakingChanges(MIGRATIONS)).toEqual([]);
});
