import { randomUUID } from 'node:crypto';
import { PlaybackProgressedV1, type catalogV1 } from '@viernes/contracts';
import { eventually, TestEventPublisher } from '@viernes/testing';
import { asCaller, newTitle } from '../testing/callers.js';
import { startCatalog, type TestCatalog } from '../testing/start-catalog.js';

const DAY_MS = 24 * 3_600_000;

describe('the home screen', () => {
  let catalog: TestCatalog;
  let video: TestEventPublisher;
  const create = async (changes: Partial<catalogV1.CreateTitleRequest>): Promise<string> => {
    const { title } = await asCaller('editor', () => catalog.client.createTitle(newTitle(changes)));
    return title?.id ?? '';
  };
  const view = async (titleId: string, daysAgo: number, eventId?: string, isStart = true): Promise<void> =>
    video.publish(
      PlaybackProgressedV1,
      {
        playbackId: randomUUID(),
        accountId: randomUUID(),
        profileId: randomUUID(),
        titleId,
        assetId: randomUUID(),
        positionMs: 1_000,
        durationMs: 60_000,
        occurredAt: new Date(Date.now() - daysAgo * DAY_MS).toISOString(),
        isStart,
      },
      eventId,
    );
  const rows = async (rowSize = 0): Promise<Record<string, string[]>> => {
    const answer = await catalog.client.listHomeRows({ rowSize });
    return Object.fromEntries(answer.rows.map(({ id, titles }) => [id, titles.map((title) => title.name)]));
  };
  const viewsOf = async (titleId: string): Promise<number> => {
    const [row] = await catalog.database.query<{ views: string }>(
      'select views from title_popularity where title_id = $1',
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
  beforeEach(() => catalog.database.query('truncate title, publication, title_popularity'));

  it('has no rows while there is nothing to show', async () => {
    expect(await rows()).toEqual({});
  });

  it('shows what can be watched first, then genres by size, best score first', async () => {
    const playable = await create({ name: 'Playable', genres: ['Drama'], score: 3 });
    await create({ name: 'Good', genres: ['Drama', 'War'], score: 8 });
    await create({ name: 'Better', genres: ['Drama'], score: 9 });
    await create({ name: 'Unknown', genres: ['Drama', 'Comedy'] });
    await create({ name: 'Funny', genres: ['Comedy'], score: 7 });
    const newer = await create({ name: 'Newer', score: 1 });
    await catalog.database.query(
      `insert into publication values ($1, 'a', 1000, now() - interval '1 hour'), ($2, 'b', 1000, now())`,
      [playable, newer],
    );

    const { rows: answer } = await catalog.client.listHomeRows({ rowSize: 0 });
    expect(answer.map(({ id }) => id)).toEqual(['ready-to-watch', 'genre-drama', 'genre-comedy', 'genre-war']);
    expect(await rows()).toEqual({
      'ready-to-watch': ['Newer', 'Playable'],
      'genre-drama': ['Playable', 'Better', 'Good', 'Unknown'],
      'genre-comedy': ['Funny', 'Unknown'],
      'genre-war': ['Good'],
    });
    expect((await rows(1))['genre-drama']).toEqual(['Playable']);
  });

  it('shows what is watched most, recent views above old ones', async () => {
    const [classic, current] = [await create({ name: 'Classic' }), await create({ name: 'Current' })];
    for (let number = 0; number < 3; number += 1) await view(classic, 30);
    for (let number = 0; number < 2; number += 1) await view(current, 0);
    await eventually(async () => (await viewsOf(classic)) === 3 && (await viewsOf(current)) === 2);
    expect((await rows())['popular']).toEqual(['Current', 'Classic']);

    for (let number = 0; number < 3; number += 1) await view(classic, 0);
    await eventually(async () => (await viewsOf(classic)) === 6);
    expect((await rows())['popular']).toEqual(['Classic', 'Current']);
  });

  it('counts a playback once: neither its later events nor a repeated one', async () => {
    const [title, last] = [await create({}), await create({})];
    const eventId = randomUUID();
    await view(title, 0, eventId);
    await eventually(async () => (await viewsOf(title)) === 1);
    await view(title, 0, eventId);
    await view(title, 0, randomUUID(), false);
    // Profiles spread over all partitions: once views of many later ones are in, those two are behind us.
    for (let number = 0; number < 30; number += 1) await view(last, 0);
    await eventually(async () => (await viewsOf(last)) === 30);
    expect(await viewsOf(title)).toBe(1);
  });

  it.each([-1, 51])('refuses rows of %d', async (rowSize) => {
    await expect(catalog.client.listHomeRows({ rowSize })).rejects.toMatchObject({ code: 'REQUEST_INVALID' });
  });
});
