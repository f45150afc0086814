import type { catalogV1 } from '@viernes/contracts';
import { useCatalogEdge } from '../testing/catalog-edge.js';

describe('GET /v1/titles/{id}/related', () => {
  const { requests, get } = useCatalogEdge<catalogV1.ListRelatedTitlesRequest>((record) => ({
    listRelatedTitles: (request) => {
      record(request);
      return { titles: [] };
    },
  }));
  const list = (path: string): Promise<Response> => get(`/v1/titles/${path}`);

  it('accepts a slug and a limit, and caches the response', async () => {
    expect(await (await list('ran-1985/related?limit=5')).json()).toEqual({ titles: [] });
    expect((await list('ran-1985/related?limit=5')).status).toBe(200);
    expect(requests).toEqual([{ titleId: 'ran-1985', limit: 5 }]);
  });

  it.each(['ran-1985/related?limit=0', 'ran-1985/related?limit=51', 'ran-1985/related?cursor=a'])(
    'returns 400 for %s',
    async (path) => {
      expect((await list(path)).status).toBe(400);
      expect(requests).toEqual([]);
    },
  );
});
