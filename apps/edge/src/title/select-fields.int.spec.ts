import { catalogV1 } from '@viernes/contracts';
import { titleMessage, titlePageMessage } from '../testing/messages.js';
import { startEdge, type TestEdge } from '../testing/start-edge.js';

describe('fields and include', () => {
  const title = titleMessage({ name: 'Ran', slug: 'ran-1985' });
  const credit = { personId: title.id, name: 'Akira Kurosawa', role: 1, character: undefined };
  let edge: TestEdge;
  let calls: string[];
  const get = (path: string, headers: Record<string, string> = {}) =>
    fetch(`${edge.url}/v1/titles${path}`, { headers });
  const read = async (path: string): Promise<unknown> => (await get(path)).json();

  beforeAll(async () => {
    edge = await startEdge();
  });
  afterAll(() => edge.stop());
  beforeEach(() => {
    calls = [];
    const record = <Response>(name: string, response: Response) => {
      calls.push(name);
      return response;
    };
    edge.catalog.handlers = {
      getTitle: () => record('title', { title }),
      listTitles: () => record('list', titlePageMessage([title])),
      listRelatedTitles: () => record('related', { titles: [title] }),
      listSeasons: () => record('seasons', { seasons: [] }),
      batchGetCredits: ({ titleIds }: catalogV1.BatchGetCreditsRequest) =>
        record('credits', { titles: titleIds.map((titleId) => ({ titleId, credits: [credit] })) }),
    };
  });

  it('restricts a title to the requested fields', async () => {
    expect(await read('/ran-1985?fields=id,name,slug')).toEqual({ id: title.id, name: 'Ran', slug: 'ran-1985' });
    expect(await read('/ran-1985?fields=id&fields=name')).toEqual({ id: title.id, name: 'Ran' });
  });

  it('restricts the titles of a list, and not the other fields of the page', async () => {
    expect(await read('?fields=name')).toMatchObject({ titles: [{ name: 'Ran' }], nextCursor: null, highlights: null });
    expect(await read(`/${title.id}/related?fields=slug`)).toEqual({ titles: [{ slug: 'ran-1985' }] });
  });

  it('adds related data only on request', async () => {
    expect(await read('/ran?fields=id')).toEqual({ id: title.id });
    expect(calls).toEqual(['title']);
    expect(await read('/ran?fields=id&include=seasons,related')).toEqual({
      id: title.id,
      seasons: [],
      related: [expect.objectContaining({ id: title.id })],
    });
    const credits = [{ personId: credit.personId, name: 'Akira Kurosawa', role: 'director', character: null }];
    expect(await read('?fields=id&include=credits')).toMatchObject({ titles: [{ id: title.id, credits }] });
    expect(await read(`/${title.id}/related?include=credits`)).toMatchObject({ titles: [{ name: 'Ran', credits }] });
  });

  it('restricts the fields of a title in XML', async () => {
    const xml = await (await get('/xml?fields=name', { accept: 'application/xml' })).text();
    expect(xml).toMatch(/<TitleDetails [^>]*><name>Ran<\/name><\/TitleDetails>$/);
  });

  it('caches each selection separately, with a separate entity tag', async () => {
    const tags: (string | null)[] = [];
    for (const query of ['', '?fields=id', '?fields=id,name', '?include=seasons']) {
      for (const _ of [1, 2]) tags.push((await get(`/cached${query}`)).headers.get('etag'));
    }
    expect(new Set(tags).size).toBe(4);
    expect(calls.filter((name) => name === 'title')).toHaveLength(4);
    const conditional = await get('/cached?fields=id', { 'if-none-match': tags[2] ?? '' });
    expect(conditional.status).toBe(304);
  });

  it.each([
    ['?fields=id,secret', 'fields.1'],
    ['?fields=', 'fields.0'],
    ['/ran?include=credits', 'include.0'],
    ['?include=seasons', 'include.0'],
  ])('returns 400 for %s', async (path, field) => {
    const response = await get(path);
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ code: 'REQUEST_INVALID', errors: [{ path: field }] });
    expect(calls).toEqual([]);
  });
});
