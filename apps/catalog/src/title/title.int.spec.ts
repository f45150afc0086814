import { randomUUID } from 'node:crypto';
import { catalogV1 } from '@viernes/contracts';
import { newCaller, runAs } from '@viernes/platform/testing';
import {
  newTitleInput,
  newListTitlesRequest,
  startCatalog,
  type ListFields,
  type TestCatalog,
} from '../testing/test-catalog.js';

/** Lists do not contain the fields of the details. */
function toListed(title: catalogV1.Title): catalogV1.Title {
  const unset = { externalId: undefined, addedOn: undefined, updatedAt: undefined };
  return { ...title, ...unset, countries: [], languages: [], availability: [], credits: [], revision: 0 };
}

describe('titles', () => {
  let catalog: TestCatalog;
  const listAll = async (changes: ListFields): Promise<catalogV1.Title[][]> => {
    const pages: catalogV1.Title[][] = [];
    let cursor = '';
    do {
      const { titles, nextCursor } = await catalog.client.listTitles(newListTitlesRequest({ ...changes, cursor }));
      pages.push(titles);
      cursor = nextCursor;
    } while (cursor !== '');
    return pages;
  };

  beforeAll(async () => {
    catalog = await startCatalog();
  });
  afterAll(() => catalog?.stop());
  beforeEach(() => catalog.clear());

  it('returns a created title with all its fields', async () => {
    const description = {
      name: ' Metro\u0301polis ',
      synopsis: 'A city of two levels.\nSilent.',
      releaseYear: 1927,
      genres: ['Drama', 'Science Fiction', 'Drama'],
      credits: [
        { name: 'Fritz Lang', role: catalogV1.CreditRole.CREDIT_ROLE_DIRECTOR },
        { name: 'Brigitte Helm', role: catalogV1.CreditRole.CREDIT_ROLE_ACTOR, character: 'Maria' },
      ],
      countries: ['DE'],
      languages: ['de'],
      addedOn: '2026-06-05',
      artwork: [
        {
          kind: catalogV1.ArtworkKind.ARTWORK_KIND_POSTER,
          url: '/artwork/metropolis.jpg',
          widthPx: 600,
          heightPx: 900,
          alternativeText: 'A machine with a face',
        },
      ],
      availability: [{ startsAt: '2026-01-01T00:00:00.000Z', endsAt: undefined }],
      maturityRating: 'PG-13',
      runtimeMinutes: 153,
      score: 8.3,
      externalId: 'test/metropolis',
    };
    const title = await catalog.createTitle(description);
    expect(title).toMatchObject({
      ...description,
      name: 'Metrópolis',
      genres: ['Drama', 'Science Fiction'],
      kind: catalogV1.TitleKind.TITLE_KIND_FILM,
      isPlayable: false,
      directors: ['Fritz Lang'],
      minimumAge: 13,
      slug: 'metrópolis-1927',
      revision: 1,
    });
    expect(title.assetId).toBeUndefined();
    expect(Date.parse(title.createdAt ?? '')).not.toBeNaN();
    expect(await catalog.client.getTitle({ titleId: title.id })).toEqual({ title });
    expect(await catalog.client.getTitle({ titleId: title.id.toUpperCase() })).toEqual({ title });
    expect(await catalog.client.getTitle({ titleId: 'metrópolis-1927' })).toEqual({ title });
    const { titles } = await catalog.client.listTitles(newListTitlesRequest({}));
    expect(titles).toEqual([toListed(title)]);
  });

  it('omits fields of a title that were not set', async () => {
    const { id } = await catalog.createTitle({ kind: catalogV1.TitleKind.TITLE_KIND_SERIES });
    const { title } = await catalog.client.getTitle({ titleId: id });
    expect(title).toMatchObject({ kind: catalogV1.TitleKind.TITLE_KIND_SERIES, genres: [] });
    expect([title?.score, title?.releaseYear, title?.externalId, title?.durationMs]).toEqual(Array(4).fill(undefined));
  });

  it('lists every title on exactly one page, newest first, when creation times are equal', async () => {
    const ids = new Set<string>();
    for (let number = 0; number < 13; number += 1) ids.add((await catalog.createTitle({ name: `Part ${number}` })).id);
    await catalog.database.query(`UPDATE title SET created_at = '2026-11-20T20:15:00.123Z'`);
    const newest = await catalog.createTitle({ name: 'Newest' });

    const pages = await listAll({ pageSize: 4 });
    expect(pages.map((titles) => titles.length)).toEqual([4, 4, 4, 2]);
    expect(pages[0]?.[0]?.id).toBe(newest.id);
    expect(new Set(pages.flat().map(({ id }) => id))).toEqual(new Set([...ids, newest.id]));
    expect((await listAll({ pageSize: 7 })).map((titles) => titles.length)).toEqual([7, 7]);
  });

  it('filters titles by kind, genre, and playability', async () => {
    const drama = await catalog.createTitle({ genres: ['Drama'] });
    const series = await catalog.createTitle({
      kind: catalogV1.TitleKind.TITLE_KIND_SERIES,
      genres: ['Comedy', 'Drama'],
    });
    await catalog.database.query(`INSERT INTO publication VALUES ($1, 'asset', 1000, now())`, [drama.id]);
    const listIds = async (changes: ListFields) =>
      (await catalog.client.listTitles(newListTitlesRequest(changes))).titles.map(({ id }) => id);

    expect(await listIds({ kind: catalogV1.TitleKind.TITLE_KIND_SERIES })).toEqual([series.id]);
    expect(await listIds({ genres: ['Drama'] })).toEqual([series.id, drama.id]);
    expect(await listIds({ genres: ['Comedy'] })).toEqual([series.id]);
    expect(await listIds({ genres: ['%'] })).toEqual([]);
    expect(await listIds({ playableOnly: true })).toEqual([drama.id]);
    expect(await listIds({ playableOnly: true, genres: ['Comedy'] })).toEqual([]);
  });

  it('lists every title of a rare genre, even if none of the newest titles has it', async () => {
    await catalog.database.query(
      `INSERT INTO title (id, kind, name, slug, genres, created_at)
       SELECT gen_random_uuid(), 'film', 'T' || n, 't-' || n, CASE WHEN n <= 5 THEN ARRAY['Opera'] ELSE ARRAY['Drama'] END,
         now() - interval '1 day' + n * interval '1 second' FROM generate_series(1, 1200) n`,
    );
    const pages = await listAll({ genres: ['Opera'], pageSize: 2 });
    expect(pages.map((titles) => titles.map(({ name }) => name))).toEqual([['T5', 'T4'], ['T3', 'T2'], ['T1']]);
    expect((await listAll({ genres: ['Drama'], pageSize: 100 })).flat()).toHaveLength(1_195);
  });

  it('returns titles in the order of the requested IDs and omits unknown IDs', async () => {
    const [first, second] = [await catalog.createTitle({ name: 'One' }), await catalog.createTitle({ name: 'Two' })];
    const titleIds = [second.id, randomUUID(), "'; DROP TABLE title", first.id, second.id.toUpperCase()];
    expect(await catalog.client.batchGetTitles({ titleIds })).toEqual({
      titles: [second, first, second].map(toListed),
    });
    expect(await catalog.client.batchGetTitles({ titleIds: [] })).toEqual({ titles: [] });
  });

  it('returns the titles of a batch as the separate calls do, and no response for an unknown ID', async () => {
    const [first, second] = [await catalog.createTitle({ name: 'One' }), await catalog.createTitle({ name: 'Two' })];
    const titleIds = [second.id, randomUUID(), "'; DROP TABLE title", first.id, second.id.toUpperCase()];
    const { results } = await catalog.client.getTitleBatch({ requests: titleIds.map((titleId) => ({ titleId })) });
    const [one, two] = [await catalog.client.getTitle({ titleId: first.id }), { title: second }];
    expect(results.map(({ response }) => response)).toEqual([two, undefined, undefined, one, two]);
  });

  it('returns the pages of a batch as the separate calls do, and no response for an invalid cursor', async () => {
    for (const name of ['T1', 'T2', 'T3']) await catalog.createTitle({ name });
    const first = newListTitlesRequest({ pageSize: 2 });
    const page = await catalog.client.listTitles(first);
    const second = newListTitlesRequest({ pageSize: 2, cursor: page.nextCursor });
    const requests = [second, newListTitlesRequest({ cursor: 'invalid' }), first];
    const { results } = await catalog.client.listTitlesBatch({ requests });
    const expected = [await catalog.client.listTitles(second), undefined, page];
    expect(results.map(({ response }) => response)).toEqual(expected);
  });

  it('creates one title when concurrent requests share an external ID', async () => {
    const attempts = Array.from({ length: 4 }, () => catalog.createTitle({ externalId: 'test/same' }));
    const results = await Promise.allSettled(attempts);
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    for (const result of results) {
      if (result.status === 'rejected') expect(result.reason).toMatchObject({ code: 'TITLE_EXISTS' });
    }
    expect((await catalog.client.listTitles(newListTitlesRequest({}))).titles).toHaveLength(1);
  });

  it('rejects a new title from viewers and anonymous callers', async () => {
    const request = { title: newTitleInput() };
    await expect(catalog.client.createTitle(request)).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
    const byViewer = runAs(newCaller('viewer'), () => catalog.client.createTitle(request));
    await expect(byViewer).rejects.toMatchObject({ code: 'FORBIDDEN' });
  });

  it.each([randomUUID(), 'abc', '', '\u0000', "' OR 1=1 --"])(
    'returns TITLE_NOT_FOUND for the ID %j',
    async (titleId) => {
      await expect(catalog.client.getTitle({ titleId })).rejects.toMatchObject({ code: 'TITLE_NOT_FOUND' });
    },
  );

  it.each<[string, string, Partial<catalogV1.TitleInput>]>([
    ['no name', 'name', { name: '  ' }],
    ['a name of 10 kB', 'name', { name: 'x'.repeat(10_240) }],
    ['a NUL in the name', 'name', { name: 'a\u0000b' }],
    ['a lone surrogate in the name', 'name', { name: 'a\ud800b' }],
    ['a NUL in the synopsis', 'synopsis', { synopsis: '\u0000' }],
    ['no kind', 'kind', { kind: catalogV1.TitleKind.TITLE_KIND_UNSPECIFIED }],
    ['an unknown kind', 'kind', { kind: 7 as catalogV1.TitleKind }],
    ['a genre without letters', 'genres.0', { genres: ['!!'] }],
    ['too many genres', 'genres', { genres: Array.from({ length: 11 }, (_, number) => `G${number}`) }],
    ['a score that is not a number', 'score', { score: Number.NaN }],
    ['a score over 10', 'score', { score: 10.1 }],
    ['a year before the first film', 'releaseYear', { releaseYear: 1700 }],
    [
      'an availability window that ends at its start',
      'availability.0.endsAt',
      { availability: [{ startsAt: '2026-01-01T00:00:00Z', endsAt: '2026-01-01T00:00:00Z' }] },
    ],
  ])('rejects a new title with %s', async (_, path, changes) => {
    await expect(catalog.createTitle(changes)).rejects.toMatchObject({
      code: 'REQUEST_INVALID',
      fieldErrors: [expect.objectContaining({ path: `title.${path}` })],
    });
  });

  it.each<[string, ListFields]>([
    ['REQUEST_INVALID', { pageSize: 101 }],
    ['REQUEST_INVALID', { pageSize: -1 }],
    ['REQUEST_INVALID', { query: 'x'.repeat(10_240) }],
    ['REQUEST_INVALID', { query: 'a\u0000b' }],
    ['REQUEST_INVALID', { cursor: 'x'.repeat(10_240) }],
    ['CURSOR_INVALID', { cursor: 'page-2' }],
    ['CURSOR_INVALID', { cursor: '\u0000' }],
  ])('returns %s for the list request %j', async (code, changes) => {
    await expect(catalog.client.listTitles(newListTitlesRequest(changes))).rejects.toMatchObject({ code });
  });

  it('returns REQUEST_INVALID for a batch of more than 100 IDs or requests', async () => {
    const titleIds = Array.from({ length: 101 }, () => randomUUID());
    const calls = [
      catalog.client.batchGetTitles({ titleIds }),
      catalog.client.getTitleBatch({ requests: titleIds.map((titleId) => ({ titleId })) }),
      catalog.client.listTitlesBatch({ requests: titleIds.map(() => newListTitlesRequest()) }),
    ];
    for (const call of calls) await expect(call).rejects.toMatchObject({ code: 'REQUEST_INVALID' });
  });
});
