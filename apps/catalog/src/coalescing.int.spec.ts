import { Transactions } from '@viernes/database';
import { eventually } from '@viernes/testing';
import { register } from 'prom-client';
import { newListTitlesRequest, startCatalog, type TestCatalog } from './testing/test-catalog.js';

const CALLS = 1_000;

async function countCallsInFlight(): Promise<number> {
  const metric = await register.getSingleMetric('grpc_server_calls_in_flight')?.get();
  return metric?.values.reduce((sum, { value }) => sum + value, 0) ?? 0;
}

describe('equal concurrent reads', () => {
  let catalog: TestCatalog;
  let titleId: string;
  beforeAll(async () => {
    catalog = await startCatalog();
    titleId = (await catalog.createTitle({ name: 'Metropolis' })).id;
  });
  afterAll(() => catalog?.stop());

  it.each<[string, string, () => Promise<unknown>]>([
    ['one title', '%WHERE t.id = $1', () => catalog.client.getTitle({ titleId })],
    ['the list', '%ORDER BY t.created_at DESC%', () => catalog.client.listTitles(newListTitlesRequest())],
    ['the home rows', '%FROM home_entry%', () => catalog.client.listHomeRows({ rowSize: 0, knownVersion: '' })],
    ['a search', '%FROM title_search%', () => catalog.client.listTitles(newListTitlesRequest({ query: 'metropolis' }))],
  ])('runs one query for equal concurrent reads of %s', async (_, pattern, read) => {
    let unlock = (): void => undefined;
    const unlocked = new Promise<void>((resolve) => (unlock = resolve));
    let isLocked = false;
    // NOWAIT: waiting for the second table while holding the first could deadlock with the background indexing.
    const locked = eventually(() =>
      catalog.get(Transactions).run(async (tx) => {
        await tx.query('LOCK TABLE title, title_search IN ACCESS EXCLUSIVE MODE NOWAIT');
        isLocked = true;
        await unlocked;
      }),
    );
    await eventually(() => isLocked);
    const calls = Array.from({ length: CALLS }, read);
    const countQueries = async (): Promise<number> => {
      const queries = await catalog.database.query(
        `SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock' AND query LIKE $1`,
        [pattern],
      );
      return queries.length;
    };
    try {
      await eventually(async () => (await countQueries()) > 0 && (await countCallsInFlight()) === CALLS);
      expect(await countQueries()).toBe(1);
    } finally {
      unlock();
      await Promise.all([locked, Promise.allSettled(calls)]);
    }
    const [first, ...others] = await Promise.all(calls);
    for (const other of others) expect(other).toEqual(first);
  });
});
