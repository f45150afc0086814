import { randomUUID } from 'node:crypto';
import { catalogV1 } from '@viernes/contracts';
import { asCaller, newTitle, page } from '../testing/callers.js';
import { startCatalog, type TestCatalog } from '../testing/start-catalog.js';

describe('titles', () => {
  let catalog: TestCatalog;
  const create = async (changes: Partial<catalogV1.CreateTitleRequest>): Promise<catalogV1.Title> => {
    const { title } = await asCaller('editor', () => catalog.client.createTitle(newTitle(changes)));
    if (!title) throw new Error('no title in the answer');
    return title;
  };
  const listAll = async (changes: Partial<catalogV1.ListTitlesRequest>): Promise<catalogV1.Title[][]> => {
    const pages: catalogV1.Title[][] = [];
    let cursor = '';
    do {
      const { titles, nextCursor } = await catalog.client.listTitles(page({ ...changes, cursor }));
      pages.push(titles);
      cursor = nextCursor;
    } while (cursor !== '');
    return pages;
  };

  beforeAll(async () => {
    catalog = await startCatalog();
  });
  afterAll(() => catalog?.stop());
  beforeEach(() => catalog.database.query('truncate title, publication'));

  it('come back as they were made', async () => {
    const description = {
      name: ' Metro\u0301polis ',
      synopsis: 'A city of two levels.\nSilent.',
      releaseYear: 1927,
      genres: ['Drama', 'Science Fiction', 'Drama'],
      directors: ['Fritz Lang'],
      maturityRating: 'PG-13',
      runtimeMinutes: 153,
      score: 8.3,
      externalId: 'test/metropolis',
    };
    const title = await create(description);
    expect(title).toMatchObject({
      ...description,
      name: 'Metrópolis',
      genres: ['Drama', 'Science Fiction'],
      kind: catalogV1.TitleKind.TITLE_KIND_FILM,
      isPlayable: false,
    });
    expect(title.assetId).toBeUndefined();
    expect(Date.parse(title.createdAt ?? '')).not.toBeNaN();
    expect(await catalog.client.getTitle({ titleId: title.id })).toEqual({ title });
    expect(await catalog.client.getTitle({ titleId: title.id.toUpperCase() })).toEqual({ title });
    expect(await catalog.client.listTitles(page({}))).toEqual({ titles: [title], nextCursor: '' });
  });

  it('keep what is absent absent', async () => {
    const { id } = await create({ kind: catalogV1.TitleKind.TITLE_KIND_SERIES });
    const { title } = await catalog.client.getTitle({ titleId: id });
    expect(title).toMatchObject({ kind: catalogV1.TitleKind.TITLE_KIND_SERIES, genres: [] });
    expect([title?.score, title?.releaseYear, title?.externalId, title?.durationMs]).toEqual(Array(4).fill(undefined));
  });

  it('are paged newest first without a gap or a repeat, also where many have the same moment', async () => {
    const ids = new Set<string>();
    for (let number = 0; number < 13; number += 1) ids.add((await create({ name: `Part ${number}` })).id);
    await catalog.database.query(`update title set created_at = '2026-11-20T20:15:00.123Z'`);
    const newest = await create({ name: 'Newest' });

    const pages = await listAll({ pageSize: 4 });
    expect(pages.map((titles) => titles.length)).toEqual([4, 4, 4, 2]);
    expect(pages[0]?.[0]?.id).toBe(newest.id);
    expect(new Set(pages.flat().map(({ id }) => id))).toEqual(new Set([...ids, newest.id]));
    expect((await listAll({ pageSize: 7 })).map((titles) => titles.length)).toEqual([7, 7]);
  });

  it('are narrowed by kind, genre and film', async () => {
    const drama = await create({ genres: ['Drama'] });
    const series = await create({ kind: catalogV1.TitleKind.TITLE_KIND_SERIES, genres: ['Comedy', 'Drama'] });
    await catalog.database.query(`insert into publication values ($1, 'asset', 1000, now())`, [drama.id]);
    const idsOf = async (changes: Partial<catalogV1.ListTitlesRequest>) =>
      (await catalog.client.listTitles(page(changes))).titles.map(({ id }) => id);

    expect(await idsOf({ kind: catalogV1.TitleKind.TITLE_KIND_SERIES })).toEqual([series.id]);
    expect(await idsOf({ genre: 'Drama' })).toEqual([series.id, drama.id]);
    expect(await idsOf({ genre: 'Comedy' })).toEqual([series.id]);
    expect(await idsOf({ genre: '%' })).toEqual([]);
    expect(await idsOf({ playableOnly: true })).toEqual([drama.id]);
    expect(await idsOf({ playableOnly: true, genre: 'Comedy' })).toEqual([]);
  });

  it('answer a batch in the order asked for, without the unknown', async () => {
    const [first, second] = [await create({ name: 'One' }), await create({ name: 'Two' })];
    const titleIds = [second.id, randomUUID(), "'; drop table title", first.id];
    expect(await catalog.client.batchGetTitles({ titleIds })).toEqual({ titles: [second, first] });
    expect(await catalog.client.batchGetTitles({ titleIds: [] })).toEqual({ titles: [] });
  });

  it('exist once for each external id, also when two are made at the same time', async () => {
    const attempts = Array.from({ length: 4 }, () => create({ externalId: 'test/same' }));
    const results = await Promise.allSettled(attempts);
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    for (const result of results) {
      if (result.status === 'rejected') expect(result.reason).toMatchObject({ code: 'TITLE_EXISTS' });
    }
    expect((await catalog.client.listTitles(page({}))).titles).toHaveLength(1);
  });

  it('are made by editors alone', async () => {
    const request = newTitle({});
    await expect(catalog.client.createTitle(request)).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
    const viewed = asCaller('viewer', () => catalog.client.createTitle(request));
    await expect(viewed).rejects.toMatchObject({ code: 'FORBIDDEN' });
  });

  it.each([randomUUID(), 'abc', '', '\u0000', "' or 1=1 --"])('do not have the id %j', async (titleId) => {
    await expect(catalog.client.getTitle({ titleId })).rejects.toMatchObject({ code: 'TITLE_NOT_FOUND' });
  });

  it.each<[string, string, Partial<catalogV1.CreateTitleRequest>]>([
    ['no name', 'name', { name: '  ' }],
    ['a name of 10 kB', 'name', { name: 'x'.repeat(10_240) }],
    ['a NUL in its name', 'name', { name: 'a\u0000b' }],
    ['a lone surrogate in its name', 'name', { name: 'a\ud800b' }],
    ['a NUL in its synopsis', 'synopsis', { synopsis: '\u0000' }],
    ['no kind', 'kind', { kind: catalogV1.TitleKind.TITLE_KIND_UNSPECIFIED }],
    ['a kind of tomorrow', 'kind', { kind: 7 as catalogV1.TitleKind }],
    ['a genre without letters', 'genres.0', { genres: ['!!'] }],
    ['too many genres', 'genres', { genres: Array.from({ length: 11 }, (_, number) => `G${number}`) }],
    ['a score that is no number', 'score', { score: Number.NaN }],
    ['a score beyond 10', 'score', { score: 10.1 }],
    ['a year before films', 'releaseYear', { releaseYear: 1700 }],
  ])('with %s are refused', async (_, path, changes) => {
    await expect(create(changes)).rejects.toMatchObject({
      code: 'REQUEST_INVALID',
      fieldErrors: [expect.objectContaining({ path })],
    });
  });

  it.each<[string, Partial<catalogV1.ListTitlesRequest>]>([
    ['REQUEST_INVALID', { pageSize: 101 }],
    ['REQUEST_INVALID', { pageSize: -1 }],
    ['REQUEST_INVALID', { query: 'x'.repeat(10_240) }],
    ['REQUEST_INVALID', { query: 'a\u0000b' }],
    ['REQUEST_INVALID', { cursor: 'x'.repeat(10_240) }],
    ['CURSOR_INVALID', { cursor: 'page-2' }],
    ['CURSOR_INVALID', { cursor: '\u0000' }],
  ])('are not listed: %s for %j', async (code, changes) => {
    await expect(catalog.client.listTitles(page(changes))).rejects.toMatchObject({ code });
  });

  it('are not fetched by the thousand', async () => {
    const titleIds = Array.from({ length: 101 }, () => randomUUID());
    await expect(catalog.client.batchGetTitles({ titleIds })).rejects.toMatchObject({ code: 'REQUEST_INVALID' });
  });
});
