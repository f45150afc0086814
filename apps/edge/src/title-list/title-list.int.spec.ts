import { catalogV1 } from '@viernes/contracts';
import { useCatalogEdge } from '../testing/catalog-edge.js';

const PERSON_ID = '9d1f6a52-1c7e-4b8a-a3f1-0c2b4d6e8f10';

describe('GET /v1/titles', () => {
  const { requests, get } = useCatalogEdge<catalogV1.ListTitlesRequest>((record) => ({
    listTitles: (request) => {
      record(request);
      return {
        titles: [],
        nextCursor: '',
        highlights: [],
        estimatedTotal: request.includeTotal ? 7 : undefined,
        isTotalLowerBound: request.includeTotal,
      };
    },
  }));
  const list = (query: string): Promise<Response> => get(`/v1/titles?${query}`);

  it('forwards all filters and the order', async () => {
    const query = `kind=series&genre=War&genre=Sci-Fi&person=${PERSON_ID}&role=actor&country=JP&language=ja&language=pt-BR&yearFrom=1990
      &yearTo=1999&maximumAge=12&runtimeFrom=10&runtimeTo=60&playable=true&sort=popularity&sortLanguage=es&pageSize=5&includeTotal=true`;
    expect((await list(query.replaceAll(/\s/g, ''))).status).toBe(200);
    expect(requests).toEqual([
      {
        query: '',
        cursor: '',
        pageSize: 5,
        includeTotal: true,
        language: 'es',
        order: catalogV1.TitleOrder.TITLE_ORDER_POPULARITY,
        filter: {
          kind: catalogV1.TitleKind.TITLE_KIND_SERIES,
          genres: ['War', 'Sci-Fi'],
          personId: PERSON_ID,
          role: catalogV1.CreditRole.CREDIT_ROLE_ACTOR,
          countries: ['JP'],
          languages: ['ja', 'pt-BR'],
          releaseYearFrom: 1990,
          releaseYearTo: 1999,
          maximumAge: 12,
          runtimeMinutesFrom: 10,
          runtimeMinutesTo: 60,
          playableOnly: true,
          includeHidden: false,
        },
      },
    ]);
  });

  it('returns the estimated total on request', async () => {
    expect(await (await list('includeTotal=true')).json()).toMatchObject({
      estimatedTotal: 7,
      isTotalLowerBound: true,
    });
    expect(await (await list('includeTotal=false')).json()).toMatchObject({ estimatedTotal: null });
  });

  it('requests hidden titles from the catalog for includeHidden=true', async () => {
    expect((await list('includeHidden=true')).status).toBe(200);
    expect(requests[0]?.filter).toMatchObject({ includeHidden: true });
  });

  it('ignores parameters without a value', async () => {
    expect((await list('query=&genre=&maximumAge=&yearFrom=')).status).toBe(200);
    expect(requests[0]?.filter ?? {}).not.toMatchObject({ maximumAge: expect.anything() });
    expect(requests[0]?.filter?.genres ?? []).toEqual([]);
  });

  it.each([
    ['country', 'country=XX'],
    ['language', 'language=german'],
    ['person', 'person=fritz'],
    ['maximumAge', 'maximumAge=x'],
    ['role', 'role=director'],
    ['role', `person=${PERSON_ID}&role=extra`],
    ['sort', 'sort=random'],
    ['sortLanguage', 'sort=name&sortLanguage=tlh'],
    ['sort', 'sort=name&query=ran'],
    ['kind', 'kind=film&kind=series'],
  ])('returns 400 for an invalid %s', async (path, query) => {
    const response = await list(query);
    expect(response.status).toBe(400);
    const { errors } = (await response.json()) as { errors: { path: string }[] };
    expect(errors.map((error) => error.path.split('.')[0])).toEqual([path]);
    expect(requests).toEqual([]);
  });
});
