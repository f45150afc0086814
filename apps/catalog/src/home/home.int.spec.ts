import { randomUUID } from 'node:crypto';
import { PlaybackProgressedV1, type catalogV1 } from '@viernes/contracts';
import { eventually, TestEventPublisher } from '@viernes/testing';
import { startCatalog, type TestCatalog } from '../testing/test-catalog.js';

const DAY_MS = 24 * 3_600_000;

describe('home rows', () => {
  /** Its events are in one partition, so they are processed in the order in which they are published. */
  const profileId = randomUUID();
  let catalog: TestCatalog;
  let video: TestEventPublisher;
  const createTitle = async (changes: Partial<catalogV1.TitleInput> = {}): Promise<string> =>
    (await catalog.createTitle(changes)).id;
  const publishView = async (titleId: string, daysAgo: number, eventId?: string, isStart = true): Promise<void> =>
    video.publish(
      PlaybackProgressedV1,
      {
        playbackId: randomUUID(),
        accountId: randomUUID(),
        profileId,
        titleId,
        assetId: randomUUID(),
        positionMs: 1_000,
        durationMs: 60_000,
        occurredAt: new Date(Date.now() - daysAgo * DAY_MS).toISOString(),
        isStart,
      },
      eventId,
    );
  const listNames = async (rowSize = 0): Promise<Record<string, string[]>> => {
    const { rows } = await catalog.client.listHomeRows({ rowSize, knownVersion: '' });
    return Object.fromEntries(rows.map(({ id, titles }) => [id, titles.map((title) => title.name)]));
  };
  const countViews = async (titleId: string): Promise<number> => {
    const [row] = await catalog.database.query<{ views: string }>(
      'SELECT views FROM title_popularity WHERE title_id = $1',
      [titleId],
    );
    return Number(row?.views ?? 0);
  };

  beforeAll(async () => {
    [catalog, video] = await Promise.all([startCatalog(), TestEventPublisher.connect()]);
  });
  afterAll(async () => {
    await video?.close();
    await catalog?.stop();
  });
  beforeEach(() => catalog.clear());

  it('returns no home rows when there are no titles', async () => {
    await eventually(async () => expect(await listNames()).toEqual({}));
  });

  it('lists playable titles first, then genres by number of titles, with the best scores first', async () => {
    const playable = await createTitle({ name: 'Playable', genres: ['Drama'], score: 3 });
    await createTitle({ name: 'Good', genres: ['Drama', 'War'], score: 8 });
    await createTitle({ name: 'Better', genres: ['Drama'], score: 9 });
    await createTitle({ name: 'Unknown', genres: ['Drama', 'Comedy'] });
    await createTitle({ name: 'Funny', genres: ['Comedy'], score: 7 });
    const newer = await createTitle({ name: 'Newer', score: 1 });
    await catalog.database.query(
      `INSERT INTO publication VALUES ($1, 'a', 1000, now() - interval '1 hour'), ($2, 'b', 1000, now())`,
      [playable, newer],
    );

    await eventually(async () => {
      const { rows } = await catalog.client.listHomeRows({ rowSize: 0, knownVersion: '' });
      expect(rows.map(({ id }) => id)).toEqual(['ready-to-watch', 'genre-drama', 'genre-comedy', 'genre-war']);
    });
    expect(await listNames()).toEqual({
      'ready-to-watch': ['Newer', 'Playable'],
      'genre-drama': ['Playable', 'Better', 'Good', 'Unknown'],
      'genre-comedy': ['Funny', 'Unknown'],
      'genre-war': ['Good'],
    });
    expect((await listNames(1))['genre-drama']).toEqual(['Playable']);
  });

  it('returns no rows to a caller that already has them', async () => {
    await createTitle({ name: 'Good', genres: ['Drama', 'War'], score: 8 });
    const list = (knownVersion: string, rowSize = 0) => catalog.client.listHomeRows({ rowSize, knownVersion });
    await eventually(async () => expect((await list('')).rows).toHaveLength(2));
    const { version } = await list('');
    expect(await list(version)).toEqual({ rows: [], version });
    expect((await list('another version')).rows).toHaveLength(2);

    await createTitle({ name: 'Better', genres: ['Drama'], score: 9 });
    await eventually(async () => expect((await list(version)).rows[0]?.titles).toHaveLength(2));
    const changed = await list(version);
    expect(changed.version).not.toBe(version);
    // Rows of another size have another version.
    expect((await list(changed.version, 1)).rows[0]?.titles).toHaveLength(1);
  });

  it('ranks popular titles by views and weights recent views higher', async () => {
    const [classic, current] = [await createTitle({ name: 'Classic' }), await createTitle({ name: 'Current' })];
    for (let number = 0; number < 3; number += 1) await publishView(classic, 30);
    for (let number = 0; number < 2; number += 1) await publishView(current, 0);
    await eventually(async () => (await countViews(classic)) === 3 && (await countViews(current)) === 2);
    await eventually(async () => expect((await listNames())['popular']).toEqual(['Current', 'Classic']));

    for (let number = 0; number < 3; number += 1) await publishView(classic, 0);
    await eventually(async () => (await countViews(classic)) === 6);
    await eventually(async () => expect((await listNames())['popular']).toEqual(['Classic', 'Current']));
  });

  it('counts one view per playback session and ignores its later and redelivered events', async () => {
    const [title, last] = [await createTitle(), await createTitle()];
    const eventId = randomUUID();
    await publishView(title, 0, eventId);
    await eventually(async () => (await countViews(title)) === 1);
    await publishView(title, 0, eventId);
    await publishView(title, 0, randomUUID(), false);
    // Processed after the events above.
    await publishView(last, 0);
    await eventually(async () => (await countViews(last)) === 1);
    expect(await countViews(title)).toBe(1);
  });

  it.each([-1, 51])('returns REQUEST_INVALID for a row size of %d', async (rowSize) => {
    await expect(catalog.client.listHomeRows({ rowSize, knownVersion: '' })).rejects.toMatchObject({
      code: 'REQUEST_INVALID',
    });
  });
});
