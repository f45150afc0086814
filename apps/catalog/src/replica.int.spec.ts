import { LATEST, newTraceId, runInContext, type RequestContext } from '@viernes/platform';
import { newCaller } from '@viernes/platform/testing';
import { createTestDatabase, eventually, startReplicatedPostgres } from '@viernes/testing';
import type { ReplicatedPostgres, TestDatabase } from '@viernes/testing';
import { newListTitlesRequest, newTitleInput, startCatalog, type TestCatalog } from './testing/test-catalog.js';

describe('a catalog with a read replica', () => {
  let servers: ReplicatedPostgres;
  let database: TestDatabase;
  let catalog: TestCatalog;

  beforeAll(async () => {
    servers = await startReplicatedPostgres();
    database = await createTestDatabase(servers.primary.url);
    const replicaUrl = new URL(servers.replica.url);
    replicaUrl.pathname = `/${database.name}`;
    catalog = await startCatalog(database, { DATABASE_REPLICA_URL: replicaUrl.href });
    await eventually(async () => {
      const rows = await servers.replica.query(`SELECT FROM pg_stat_activity WHERE datname = $1`, [database.name]);
      return rows.length > 0;
    });
  });
  afterAll(async () => {
    await catalog?.stop();
    await servers?.remove();
  });
  afterEach(async () => {
    await servers.replica.query('SELECT pg_wal_replay_resume()');
  });

  const newContext = (changes: Partial<RequestContext> = {}): RequestContext => ({ traceId: newTraceId(), ...changes });
  const createTitle = async (name: string): Promise<{ readonly id: string; readonly position: string }> => {
    const context = newContext({ ...newCaller('editor'), position: LATEST });
    const { title } = await runInContext(context, () =>
      catalog.client.createTitle({ title: newTitleInput({ name, synopsis: `About ${name}` }) }),
    );
    return { id: title?.id ?? '', position: context.position ?? '' };
  };
  const isVisible = (id: string) =>
    catalog.client.getTitle({ titleId: id }).then(
      () => true,
      () => false,
    );

  it('returns a position with each write, so that clients can read the write before the replica has replayed it', async () => {
    const other = await createTitle('Nosferatu');
    await eventually(() => isVisible(other.id));
    await servers.replica.query('SELECT pg_wal_replay_pause()');
    const { id, position } = await createTitle('Metropolis');
    expect(position).toMatch(/^[0-9A-F]{16}$/);
    expect(position > other.position).toBe(true);

    const read = async (context: RequestContext) =>
      runInContext(context, async () => {
        const { client } = catalog;
        const [list, search, suggestions, title] = await Promise.all([
          client.listTitles(newListTitlesRequest()),
          client.listTitles(newListTitlesRequest({ query: 'metropolis' })),
          client.suggestTitles({ query: 'metro' }),
          isVisible(id),
        ]);
        return [list.titles.length, search.titles.length, suggestions.suggestions.length, title];
      });
    expect(await read(newContext())).toEqual([1, 0, 0, false]);
    expect(await read(newContext({ position }))).toEqual([2, 1, 1, true]);
    expect(await read(newContext({ position: LATEST }))).toEqual([2, 1, 1, true]);

    await servers.replica.query('SELECT pg_wal_replay_resume()');
    await eventually(async () => expect(await read(newContext())).toEqual([2, 1, 1, true]));
  });
});
