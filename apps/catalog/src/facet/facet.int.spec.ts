import { catalogV1 } from '@viernes/contracts';
import { Reads } from '@viernes/database';
import { newCaller, runAs } from '@viernes/platform/testing';
import { eventually } from '@viernes/testing';
import { newListTitlesRequest, startCatalog, type ListFields, type TestCatalog } from '../testing/test-catalog.js';

const PAST = { startsAt: '2020-01-01T00:00:00Z', endsAt: '2020-02-01T00:00:00Z' };

describe('title facets', () => {
  let catalog: TestCatalog;
  const countTitles = (changes: ListFields = {}): Promise<catalogV1.ListTitleFacetsResponse> => {
    const { query, filter } = newListTitlesRequest(changes);
    return catalog.client.listTitleFacets({ query, filter });
  };
  const listFacets = async (changes: ListFields = {}): Promise<Record<string, string[]>> => {
    const { total: _total, isLowerBound: _isLowerBound, ...facets } = await countTitles(changes);
    return Object.fromEntries(
      Object.entries(facets).map(([name, values]) => [name, values.map(({ value, count }) => `${value} ${count}`)]),
    );
  };
  const deleteTitle = ({ id: titleId, revision }: catalogV1.Title): Promise<unknown> =>
    runAs(newCaller('editor'), () => catalog.client.deleteTitle({ titleId, revision }));

  beforeAll(async () => {
    catalog = await startCatalog();
    await catalog.createTitle({
      name: 'Ran',
      synopsis: 'A warlord divides his realm.',
      genres: ['Drama', 'War'],
      credits: [{ name: 'Akira Kurosawa', role: catalogV1.CreditRole.CREDIT_ROLE_DIRECTOR }],
      countries: ['JP'],
      languages: ['ja'],
      maturityRating: 'R',
      releaseYear: 1985,
    });
    await catalog.createTitle({ name: 'Ran again', genres: ['Drama'], releaseYear: 2005 });
    await catalog.createTitle({ name: 'Series', kind: catalogV1.TitleKind.TITLE_KIND_SERIES, genres: ['War'] });
    await catalog.createTitle({ name: 'Past', genres: ['Hidden'], availability: [PAST] });
    await deleteTitle(await catalog.createTitle({ name: 'Deleted', genres: ['Hidden'] }));
    await eventually(async () => expect((await countTitles()).total).toBe(3));
  });
  afterAll(() => catalog?.stop());

  it('counts the visible titles by each field', async () => {
    expect(await listFacets()).toEqual({
      kinds: ['film 2', 'series 1'],
      genres: ['Drama 2', 'War 2'],
      countries: ['JP 1'],
      languages: ['ja 1'],
      maximumAges: ['17 1', '18 1'],
      decades: ['1980 1', '2000 1'],
      playable: [],
    });
  });

  it('ignores the filter of a facet when it counts that facet', async () => {
    const { genres, kinds } = await listFacets({ genres: ['Drama'], kind: catalogV1.TitleKind.TITLE_KIND_FILM });
    expect({ genres, kinds }).toEqual({ genres: ['Drama 2', 'War 1'], kinds: ['film 2'] });
  });

  it('counts the titles of a person', async () => {
    const { titles } = await catalog.client.listTitles(newListTitlesRequest({ countries: ['JP'] }));
    const { title } = await catalog.client.getTitle({ titleId: titles[0]?.id ?? '' });
    const personId = title?.credits[0]?.personId ?? '';
    expect(await listFacets({ personId })).toMatchObject({ genres: ['Drama 1', 'War 1'] });
    expect(await listFacets({ personId, query: 'again' })).toMatchObject({ genres: [] });
    const role = title?.credits[0]?.role ?? 0;
    expect(await listFacets({ personId, role })).toMatchObject({ genres: ['Drama 1', 'War 1'] });
    expect(await listFacets({ personId, role: catalogV1.CreditRole.CREDIT_ROLE_COMPOSER })).toMatchObject({
      genres: [],
    });
  });

  it.each([
    ['ran', 2],
    ['war', 1],
    ['kurosava', 1],
    ['unknown', 0],
    ['past', 0],
    ['!', 0],
  ])('counts as many titles as the search for "%s" lists', async (query, total) => {
    expect(await countTitles({ query })).toMatchObject({ total, isLowerBound: false });
    const list = await catalog.client.listTitles(newListTitlesRequest({ query, includeTotal: true }));
    expect(list.titles).toHaveLength(total);
    expect(list.estimatedTotal).toBe(total);
  });

  it('also counts matches that meet the filter if the query has more matches than the limit', async () => {
    await catalog.database.query(
      `INSERT INTO title (id, kind, name, slug, genres)
       SELECT gen_random_uuid(), 'film', 'Ocelot ' || n, 'ocelot-' || n, CASE WHEN n > 2500 THEN ARRAY['Opera'] ELSE ARRAY['Drama'] END
       FROM generate_series(1, 2505) n`,
    );
    await catalog.database.query(
      `INSERT INTO title_search
       SELECT title_id, name, name_words, people_words, all_words, kind, genres, availability, prominence, minimum_age
       FROM searchable_title WHERE name LIKE 'ocelot%' ORDER BY length(name), name`,
    );
    await catalog.database.query(`INSERT INTO search_word VALUES ('ocelot')`);
    await eventually(async () => expect((await countTitles()).total).toBeGreaterThan(2505));
    const operas = { query: 'ocelot', genres: ['Opera'] };
    expect(await countTitles(operas)).toMatchObject({ total: 5, isLowerBound: true });
    const count = async (request: ListFields) => {
      const { titles, estimatedTotal, isTotalLowerBound } = await catalog.client.listTitles(
        newListTitlesRequest({ includeTotal: true, ...request }),
      );
      return { listed: titles.length, estimatedTotal, isTotalLowerBound };
    };
    expect(await count(operas)).toEqual({ listed: 5, estimatedTotal: 5, isTotalLowerBound: false });
    // The search ignores the filter for playable titles, so the matches are read only once.
    const read = vi.spyOn(catalog.get(Reads), 'run');
    expect(await countTitles({ query: 'ocelot', playableOnly: true })).toMatchObject({ total: 0, isLowerBound: true });
    expect(read.mock.calls.filter(([{ text }]) => text.includes('array_to_string'))).toHaveLength(1);
    read.mockRestore();
    const { estimatedTotal, isTotalLowerBound } = await count({ query: 'ocelot' });
    expect([estimatedTotal, isTotalLowerBound]).toEqual([2_000, true]);
    await catalog.database.query(`DELETE FROM title_search WHERE name LIKE 'ocelot%'`);
    await catalog.database.query(`DELETE FROM title WHERE name LIKE 'Ocelot%'`);
  });

  it('returns no total for a list that does not request it', async () => {
    expect((await catalog.client.listTitles(newListTitlesRequest())).estimatedTotal).toBeUndefined();
  });

  it('updates the counts within a few seconds after a title changes', async () => {
    const title = await catalog.createTitle({ name: 'New', genres: ['Western'] });
    await eventually(async () => expect((await listFacets()).genres).toContain('Western 1'));
    await catalog.database.query(`INSERT INTO publication VALUES ($1, 'asset', 1000, now())`, [title.id]);
    await eventually(async () => expect((await listFacets({ playableOnly: true })).genres).toEqual(['Western 1']));
    await deleteTitle(title);
    await eventually(async () => expect((await listFacets()).genres).not.toContain('Western 1'));
  });
});
