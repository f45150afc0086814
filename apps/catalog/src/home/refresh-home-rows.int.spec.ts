import { lockInTransaction, Transactions } from '@viernes/database';
import { HomeRowsChangedV1 } from '@viernes/contracts';
import { eventually, TestEventReader } from '@viernes/testing';
import { startCatalog, type TestCatalog } from '../testing/test-catalog.js';

describe('the refresh of the home rows', () => {
  let replicas: TestCatalog[];
  let first: TestCatalog;
  let events: TestEventReader<unknown>;

  beforeAll(async () => {
    first = await startCatalog();
    replicas = [first, await startCatalog(first.database)];
    events = await TestEventReader.connect(HomeRowsChangedV1);
  });
  afterAll(async () => {
    await events?.close();
    for (const replica of replicas?.toReversed() ?? []) await replica.stop();
  });

  const listNames = async (catalog: TestCatalog, rowId: string): Promise<string[] | undefined> => {
    const { rows } = await catalog.client.listHomeRows({ rowSize: 0, knownVersion: '' });
    return rows.find(({ id }) => id === rowId)?.titles.map(({ name }) => name);
  };
  const publish = (titleId: string, publishedAt: string) =>
    first.database.query(`INSERT INTO publication VALUES ($1, 'asset', 1000, $2)`, [titleId, publishedAt]);
  const findRowVersions = () =>
    first.database.query<{ version: string }>('SELECT DISTINCT xmin::text AS version FROM home_entry');

  it('replaces the rows once per change, with two replicas, and every replica returns them', async () => {
    const { id } = await first.createTitle({ name: 'Metropolis', genres: ['Drama'] });
    for (const replica of replicas) {
      await eventually(async () => expect(await listNames(replica, 'genre-drama')).toEqual(['Metropolis']));
    }
    await publish(id, '2026-11-20T20:15:00.000Z');
    for (const replica of replicas) {
      await eventually(async () => expect(await listNames(replica, 'ready-to-watch')).toEqual(['Metropolis']));
    }
    const versions = await findRowVersions();
    expect(versions).toHaveLength(1);
    const checkedAt = async () =>
      (
        await first.database.query<{ checked_at: Date }>('SELECT checked_at FROM home_refresh')
      )[0]?.checked_at.getTime();
    for (const before of [await checkedAt(), await checkedAt()]) {
      await eventually(async () => (await checkedAt()) !== before);
    }
    expect(await findRowVersions()).toEqual(versions);
  });

  it('publishes an event when the rows have changed', async () => {
    const before = events.received.length;
    await first.createTitle({ name: 'Nosferatu', genres: ['Horror'] });
    await eventually(async () => expect(await listNames(first, 'genre-horror')).toEqual(['Nosferatu']));
    await eventually(() => events.received.length > before);
  });

  it('returns the stored rows while a refresh is stuck, and refreshes them after its connection is lost', async () => {
    let pid = 0;
    const stuck = first.get(Transactions).run(async (tx) => {
      await lockInTransaction(tx, 'homeRefresh');
      await tx.query('DELETE FROM home_entry');
      const [row] = await tx.query<{ pid: number }[]>('SELECT pg_backend_pid() AS pid');
      pid = row?.pid ?? 0;
      await tx.query('SELECT pg_sleep(60)');
    });
    const lost = expect(stuck).rejects.toMatchObject({ code: 'DEPENDENCY_UNAVAILABLE' });
    await eventually(() => pid > 0);
    await first.createTitle({ name: 'Vampyr', genres: ['Horror'] });
    expect(await listNames(first, 'genre-horror')).toEqual(['Nosferatu']);

    await first.database.query('SELECT pg_terminate_backend($1)', [pid]);
    await lost;
    await eventually(async () => expect(await listNames(first, 'genre-horror')).toEqual(['Vampyr', 'Nosferatu']));
  });

  it('returns another asset of a listed title on every replica, and publishes an event', async () => {
    const listAssets = async (replica: TestCatalog) => {
      const { rows } = await replica.client.listHomeRows({ rowSize: 0, knownVersion: '' });
      return rows.find(({ id }) => id === 'ready-to-watch')?.titles.map(({ assetId }) => assetId);
    };
    for (const replica of replicas) await eventually(async () => expect(await listAssets(replica)).toEqual(['asset']));
    const before = events.received.length;
    await first.database.query(`UPDATE publication SET asset_id = 'other'`);
    for (const replica of replicas) await eventually(async () => expect(await listAssets(replica)).toEqual(['other']));
    await eventually(() => events.received.length > before);
  });

  it('adds a publication that is older than the newest one', async () => {
    const { id } = await first.createTitle({ name: 'M', genres: ['Crime'] });
    await publish(id, '2020-01-01T00:00:00.000Z');
    await eventually(async () => expect(await listNames(first, 'ready-to-watch')).toEqual(['Metropolis', 'M']));
  });
});
