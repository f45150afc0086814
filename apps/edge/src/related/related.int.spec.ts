import type { catalogV1 } from '@viernes/contracts';
import { startEdge, type TestEdge } from '../testing/start-edge.js';

describe('GET /v1/titles/{id}/related', () => {
  let edge: TestEdge;
  let requests: catalogV1.ListRelatedTitlesRequest[];
  const list = (path: string): Promise<Response> => fetch(`${edge.url}/v1/titles/${path}`);

  beforeAll(async () => {
    edge = await startEdge();
  });
  afterAll(() => edge.stop());
  beforeEach(() => {
    requests = [];
    edge.catalog.handlers = {
      listRelatedTitles: (request) => {
        requests.push(request);
        return { titles: [] };
      },
    };
  });

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
