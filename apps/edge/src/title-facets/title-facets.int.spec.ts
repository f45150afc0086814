import type { catalogV1 } from '@viernes/contracts';
import { useCatalogEdge } from '../testing/catalog-edge.js';

describe('GET /v1/title-facets', () => {
  const { requests, get } = useCatalogEdge<catalogV1.ListTitleFacetsRequest>((record) => ({
    listTitleFacets: (request) => {
      record(request);
      return {
        total: 3,
        isLowerBound: true,
        kinds: [{ value: 'film', count: 3 }],
        genres: [],
        countries: [],
        languages: [],
        maximumAges: [{ value: '18', count: 2 }],
        decades: [{ value: '1980', count: 1 }],
        playable: [],
      };
    },
  }));
  const list = (query: string): Promise<Response> => get(`/v1/title-facets?${query}`);

  it('returns the counts of each parameter', async () => {
    const response = await list('query=ran&genre=War&maximumAge=12');
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual({
      total: 3,
      isLowerBound: true,
      facets: {
        kind: [{ value: 'film', count: 3 }],
        genre: [],
        country: [],
        language: [],
        maximumAge: [{ value: '18', count: 2 }],
        decade: [{ value: '1980', count: 1 }],
        playable: [],
      },
    });
    expect(requests).toMatchObject([{ query: 'ran', filter: { genres: ['War'], maximumAge: 12 } }]);
  });

  it('caches the response for anonymous callers', async () => {
    await list('country=JP');
    await list('country=JP');
    expect(requests).toHaveLength(1);
  });

  it.each(['country=XX', 'sort=name', 'pageSize=1', 'role=director'])('returns 400 for %s', async (query) => {
    expect((await list(query)).status).toBe(400);
    expect(requests).toEqual([]);
  });
});
