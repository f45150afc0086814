import { randomUUID } from 'node:crypto';
import { catalogV1 } from '@viernes/contracts';
import { listGrpcMethods } from '@viernes/platform';
import { newCaller, runAs } from '@viernes/platform/testing';
import { eventually } from '@viernes/testing';
import { newListTitlesRequest, startCatalog, type TestCatalog } from '../testing/test-catalog.js';

type Method = Exclude<keyof TestCatalog['client'], 'close'>;

const FILM = { genres: ['Drama'], synopsis: 'A shared synopsis.' };
const PERSON = {
  role: catalogV1.CreditRole.CREDIT_ROLE_DIRECTOR,
  name: 'Lotte Reiniger',
  character: undefined,
};

/** Calls every read that viewers can call, as profiles with different maximum ages. */
describe('a profile with a maximum age', () => {
  let catalog: TestCatalog;
  let titles: Readonly<Record<'kids' | 'teens' | 'adults' | 'unrated', catalogV1.Title>>;
  let episodes: readonly string[];
  let personId: string;

  const callAs = <Response>(maximumAge: number | undefined, call: () => Promise<Response>): Promise<Response> =>
    runAs({ ...newCaller(), profileId: randomUUID(), ...(maximumAge !== undefined && { maximumAge }) }, call);

  beforeAll(async () => {
    catalog = await startCatalog();
    const create = (name: string, maturityRating: string | undefined) =>
      catalog.createTitle({
        ...FILM,
        kind: catalogV1.TitleKind.TITLE_KIND_SERIES,
        name: `Nosferatu ${name}`,
        maturityRating,
        credits: [PERSON],
      });
    titles = {
      kids: await create('kids', 'TV-Y'),
      teens: await create('teens', 'PG-13'),
      adults: await create('adults', 'R'),
      unrated: await create('unrated', undefined),
    };
    personId = titles.kids.credits[0]?.personId ?? '';
    const episode = { number: 1, name: 'One', synopsis: '', runtimeMinutes: undefined, releasedOn: undefined };
    const twoEpisodes = [episode, { ...episode, number: 2, name: 'Two' }];
    const season = {
      number: 1,
      name: '',
      synopsis: '',
      releaseYear: undefined,
      restoreEpisodes: false,
      episodes: twoEpisodes,
    };
    const seasons = await Promise.all(
      Object.values(titles).map(({ id }) =>
        runAs(newCaller('editor'), () => catalog.client.putSeason({ ...season, titleId: id })),
      ),
    );
    episodes = seasons.map((put) => put.season?.episodes[0]?.id ?? '');
    await catalog.database.query(
      `INSERT INTO publication (title_id, asset_id, duration_ms, published_at)
       SELECT id, gen_random_uuid(), 60000, now() FROM (SELECT id FROM title UNION ALL SELECT id FROM episode) playable`,
    );
    const countHomeTitles = async (): Promise<number> =>
      (await catalog.client.listHomeRows({ rowSize: 0, knownVersion: '' })).rows.find(
        ({ id }) => id === 'ready-to-watch',
      )?.titles.length ?? 0;
    await eventually(async () => (await countHomeTitles()) === 4);
    const request = { query: '', filter: newListTitlesRequest().filter };
    await eventually(async () => (await catalog.client.listTitleFacets(request)).playable[0]?.count === 4);
  });
  afterAll(() => catalog?.stop());

  /** Returns the IDs of all titles in a response. For a count, returns one placeholder per counted title. */
  type Read = (client: TestCatalog['client']) => Promise<readonly string[]>;
  const ids = (list: readonly { readonly id: string }[]): string[] => list.map(({ id }) => id);
  const orNone = (found: Promise<readonly string[]>): Promise<readonly string[]> =>
    found.catch((error: { code?: string }) => {
      expect(error.code).toBe('TITLE_NOT_FOUND');
      return [];
    });
  const ofEach = async (read: (title: catalogV1.Title) => Promise<readonly string[]>): Promise<string[]> =>
    (await Promise.all(Object.values(titles).map((title) => orNone(read(title))))).flat();
  const filter = () => newListTitlesRequest().filter;

  /** At least one case for each public method. */
  const READS: readonly (readonly [Method, string, Read])[] = [
    ...[1, 2, 3, 4].map((order) => {
      const read: Read = async (client) => ids((await client.listTitles(newListTitlesRequest({ order }))).titles);
      return ['listTitles', `in order ${order}`, read] as const;
    }),
    [
      'listTitles',
      'by a filter',
      async (client) => ids((await client.listTitles(newListTitlesRequest({ genres: ['Drama'] }))).titles),
    ],
    [
      'listTitles',
      'of a person',
      async (client) => ids((await client.listTitles(newListTitlesRequest({ personId }))).titles),
    ],
    [
      'listTitles',
      'with a higher age',
      async (client) => ids((await client.listTitles(newListTitlesRequest({ maximumAge: 21 }))).titles),
    ],
    [
      'listTitlesBatch',
      'of two requests',
      async (client) => {
        const requests = [newListTitlesRequest({ genres: ['Drama'] }), newListTitlesRequest({ genres: ['none'] })];
        const { results } = await client.listTitlesBatch({ requests });
        return results.flatMap(({ response }) => ids(response?.titles ?? []));
      },
    ],
    ...['nosferatu', 'nosferatu shared', 'nosferata', 'reiniger', 'synopsis'].map((query) => {
      const read: Read = async (client) => ids((await client.listTitles(newListTitlesRequest({ query }))).titles);
      return ['listTitles', `by the query ${query}`, read] as const;
    }),
    [
      'listTitles',
      'as a total',
      async (client) => {
        const { estimatedTotal = 0 } = await client.listTitles(newListTitlesRequest({ includeTotal: true }));
        return Array<string>(estimatedTotal).fill('counted');
      },
    ],
    ...['', 'nosferatu'].flatMap((query) =>
      (['genres', 'kinds', 'playable'] as const).map((facet) => {
        const read: Read = async (client) => {
          const counts = await client.listTitleFacets({ query, filter: filter() });
          return Array<string>(counts[facet][0]?.count ?? 0).fill('counted');
        };
        return ['listTitleFacets', `${facet} of the query "${query}"`, read] as const;
      }),
    ),
    [
      'listTitleFacets',
      'the highest age',
      async (client) => {
        const { maximumAges } = await client.listTitleFacets({ query: '', filter: filter() });
        return Array<string>(Math.max(...maximumAges.map(({ count }) => count))).fill('counted');
      },
    ],
    [
      'listRelatedTitles',
      'of each title',
      async (client) => [
        ...new Set(
          await ofEach(async ({ id }) => ids((await client.listRelatedTitles({ titleId: id, limit: 0 })).titles)),
        ),
      ],
    ],
    [
      'suggestTitles',
      'by name',
      async (client) =>
        (await client.suggestTitles({ query: 'nosf' })).suggestions.flatMap(({ titleId }) => titleId ?? []),
    ],
    [
      'getTitleBatch',
      'all',
      async (client) => {
        const requests = ids(Object.values(titles)).map((titleId) => ({ titleId }));
        const { results } = await client.getTitleBatch({ requests });
        return results.flatMap(({ response }) => response?.title?.id ?? []);
      },
    ],
    [
      'getTitle',
      'by ID',
      (client) => ofEach(async ({ id }) => [(await client.getTitle({ titleId: id })).title?.id ?? '']),
    ],
    [
      'getTitle',
      'by slug',
      (client) => ofEach(async ({ slug }) => [(await client.getTitle({ titleId: slug })).title?.id ?? '']),
    ],
    [
      'checkVisibility',
      'of each title',
      (client) => ofEach(async ({ id }) => (await client.checkVisibility({ id }), [id])),
    ],
    [
      'batchGetCredits',
      'of all titles',
      async (client) => {
        const { titles: credited } = await client.batchGetCredits({ titleIds: ids(Object.values(titles)) });
        return credited.map(({ titleId }) => titleId);
      },
    ],
    [
      'batchGetTitles',
      'all',
      async (client) => ids((await client.batchGetTitles({ titleIds: ids(Object.values(titles)) })).titles),
    ],
    [
      'listSeasons',
      'of each title',
      (client) => ofEach(async ({ id }) => (await client.listSeasons({ titleId: id })).seasons.map(() => id)),
    ],
    [
      'batchGetEpisodes',
      'all',
      async (client) =>
        (await client.batchGetEpisodes({ episodeIds: [...episodes] })).episodes.map(({ titleId }) => titleId),
    ],
    [
      'listNextEpisodes',
      'of each series',
      async (client) => {
        const { nextEpisodes } = await client.listNextEpisodes({ episodeIds: [...episodes] });
        return nextEpisodes.map(({ episode }) => episode?.titleId ?? '');
      },
    ],
    [
      'listHomeRows',
      'playable',
      async (client) => ids((await client.listHomeRows({ rowSize: 10, knownVersion: '' })).rows[0]?.titles ?? []),
    ],
    [
      'getPerson',
      'as a number of titles',
      async (client) => Array<string>((await client.getPerson({ personId })).person?.titleCount ?? 0).fill('counted'),
    ],
  ];

  it('tests every method that viewers can call', () => {
    const methods = listGrpcMethods(catalog.app).filter(
      (each) => each.service === 'CatalogService' && each.access === 'public',
    );
    expect(new Set(READS.map(([method]) => method))).toEqual(new Set(methods.map(({ method }) => method)));
  });

  it.each(READS)('receives only the titles up to its maximum age from %s (%s)', async (method, description, read) => {
    const { kids, teens, adults, unrated } = titles;
    const expected = [
      [7, [kids]],
      [13, [kids, teens]],
      [18, [kids, teens, adults]],
      [undefined, [kids, teens, adults, unrated]],
      [0, [kids]],
    ] as const;
    // A filter by age excludes unrated titles. A single visible title has no related titles.
    const isFiltered = description === 'with a higher age' || description === 'the highest age';
    for (const [maximumAge, visible] of expected) {
      const found = await callAs(maximumAge, () => read(catalog.client));
      const rated = isFiltered ? visible.filter(({ id }) => id !== unrated.id) : visible;
      const related = method === 'listRelatedTitles' && visible.length === 1 ? [] : rated;
      const isCount = found.every((id) => id === 'counted');
      if (isCount) expect([maximumAge, found.length]).toEqual([maximumAge, related.length]);
      else expect([maximumAge, found.toSorted()]).toEqual([maximumAge, ids(related).toSorted()]);
    }
  });

  it('does not share a read in flight between profiles with different maximum ages', async () => {
    const ages = [undefined, 0, 13, 18, undefined, 13, 0];
    const pages = await Promise.all(
      ages.map((age) => callAs(age, () => catalog.client.listTitles(newListTitlesRequest({ genres: ['Drama'] })))),
    );
    expect(pages.map((page) => page.titles.length)).toEqual([4, 1, 2, 3, 4, 2, 1]);
  });

  it('applies the maximum age to editors', async () => {
    const limited = { ...newCaller('editor'), maximumAge: 13 };
    const read = runAs(limited, () => catalog.client.getTitle({ titleId: titles.adults.id }));
    await expect(read).rejects.toMatchObject({ code: 'TITLE_NOT_FOUND' });
  });
});
