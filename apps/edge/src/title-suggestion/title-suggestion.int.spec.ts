import { randomUUID } from 'node:crypto';
import { CodedError } from '@viernes/contracts';
import { ResponseCache } from '@viernes/gateway';
import { register } from 'prom-client';
import { RAISED_LIMIT } from '../testing/raised-limit.js';
import { startEdge, type EdgeRequest, type TestEdge } from '../testing/start-edge.js';

const FIRST = '/v1/title-suggestions?query=me';
const SECOND = '/v2/title-suggestions?query=me';
const V2_JSON = 'application/vnd.viernes.v2+json';
const V2_XML = 'application/vnd.viernes.v2+xml';

const DEPRECATION = {
  deprecation: '@1795392000',
  sunset: 'Wed, 30 Jun 2027 00:00:00 GMT',
  link: '</v2/title-suggestions>; rel="successor-version"',
};

describe('the versions of title suggestions', () => {
  const [titleId, personId] = [randomUUID(), randomUUID()];
  const first = {
    suggestions: [
      { name: 'Metropolis', titleId, personId: null },
      { name: 'Mel & Co', titleId: null, personId },
    ],
  };
  const second = {
    suggestions: [
      { kind: 'title', id: titleId, name: 'Metropolis', releaseYear: 1927 },
      { kind: 'person', id: personId, name: 'Mel & Co', releaseYear: null },
    ],
  };
  let edge: TestEdge;

  beforeAll(async () => {
    edge = await startEdge({ ...RAISED_LIMIT, CORS_ORIGINS: 'https://other.example' });
  });
  beforeEach(() => {
    edge.get(ResponseCache).clear();
    edge.catalog.handlers.suggestTitles = () => ({
      suggestions: [
        { name: 'Metropolis', titleId, releaseYear: 1927 },
        { name: 'Mel & Co', personId },
      ],
    });
  });
  afterAll(() => edge.stop());

  const get = (path: string, accept: string, { headers, ...init }: EdgeRequest = { token: null }): Promise<Response> =>
    edge.fetch(path, { ...init, headers: { accept, ...(headers as Record<string, string> | undefined) } });
  const toDeprecationHeaders = ({ headers }: Response) => ({
    deprecation: headers.get('deprecation'),
    sunset: headers.get('sunset'),
    link: headers.get('link'),
  });

  describe.each([
    ['without a token', { token: null }],
    ['with a token', {}],
  ])('%s', (_, init: EdgeRequest) => {
    it.each([
      [FIRST, 'application/json', 'application/json', first],
      [FIRST, '*/*', 'application/json', first],
      [FIRST, 'application/vnd.viernes.v1+json', 'application/vnd.viernes.v1+json', first],
      [FIRST, V2_JSON, V2_JSON, second],
      [FIRST, `${V2_JSON};q=0.9, application/json;q=0.1`, V2_JSON, second],
      [FIRST, `application/vnd.viernes.v9+json, application/json;q=0.1`, 'application/json', first],
      [SECOND, 'application/json', 'application/json', second],
      [SECOND, V2_JSON, V2_JSON, second],
    ])(
      '%s with Accept: %s returns %s in the selected version, also when repeated',
      async (path, accept, type, body) => {
        for (const _time of [1, 2]) {
          const response = await get(path, accept, init);
          expect(response.headers.get('content-type')).toBe(`${type}; charset=utf-8`);
          expect(response.headers.get('vary')).toMatch(/\bAccept\b(?!-)/);
          expect(await response.json()).toEqual(body);
        }
      },
    );

    it.each([
      [FIRST, 'application/xml', 'application/xml', 'TitleSuggestions'],
      [FIRST, V2_XML, V2_XML, 'SuggestionList'],
      [SECOND, 'application/xml', 'application/xml', 'SuggestionList'],
    ])('%s with Accept: %s returns %s with the root element %s', async (path, accept, type, root) => {
      const response = await get(path, accept, init);
      expect(response.headers.get('content-type')).toBe(`${type}; charset=utf-8`);
      const text = await response.text();
      expect(text).toMatch(new RegExp(`^<\\?xml .*\\?>\\n<${root} .*</${root}>$`));
      expect(text).toContain(root === 'SuggestionList' ? '<kind>person</kind>' : `<personId>${personId}</personId>`);
    });

    it.each([
      [FIRST, 'application/vnd.viernes.v9+json'],
      [SECOND, 'application/vnd.viernes.v1+json'],
      ['/v1/titles', V2_JSON],
    ])('%s with Accept: %s returns 406', async (path, accept) => {
      const response = await get(path, accept, init);
      expect([response.status, await response.json()]).toMatchObject([406, { code: 'NOT_ACCEPTABLE' }]);
    });
  });

  it('returns a different entity tag per version, which is revalidated only with that version', async () => {
    const accepted = ['application/json', V2_JSON, V2_XML, 'application/xml'];
    const tags = await Promise.all(
      accepted.map(async (accept) => (await get(FIRST, accept)).headers.get('etag') ?? ''),
    );
    expect(new Set(tags).size).toBe(accepted.length);
    for (const [index, accept] of accepted.entries()) {
      const statuses = tags.map(async (tag) => {
        return (await get(FIRST, accept, { token: null, headers: { 'if-none-match': tag } })).status;
      });
      expect(await Promise.all(statuses)).toEqual(accepted.map((_, other) => (other === index ? 304 : 200)));
    }
  });

  it('calls the service once for each media type that anonymous clients request', async () => {
    let calls = 0;
    edge.catalog.handlers.suggestTitles = () => ({ suggestions: [{ name: String((calls += 1)), titleId }] });
    for (const _time of [1, 2]) for (const accept of ['application/json', V2_JSON]) await get(FIRST, accept);
    expect(calls).toBe(2);
  });

  it('the older version announces its deprecation with every response', async () => {
    const etag = (await get(FIRST, '*/*')).headers.get('etag') ?? '';
    const unchanged = { token: null, headers: { 'if-none-match': etag } };
    const responses = [
      await get('/v1/title-suggestions?query=new', '*/*'),
      await get(FIRST, '*/*'),
      await get(FIRST, V2_JSON),
      await get(FIRST, '*/*', unchanged),
      await get(FIRST, '*/*', {}),
      await get(FIRST, '*/*', { token: null, method: 'HEAD' }),
      await get('/v1/title-suggestions', '*/*'),
      await get(FIRST, '*/*', { token: 'invalid' }),
      await get(FIRST, 'text/html'),
    ];
    edge.catalog.handlers.suggestTitles = () => {
      throw new CodedError('DEPENDENCY_UNAVAILABLE');
    };
    responses.push(await get(FIRST, '*/*', {}));
    expect(responses.map(({ status }) => status)).toEqual([200, 200, 200, 304, 200, 200, 400, 401, 406, 503]);
    for (const response of responses) expect(toDeprecationHeaders(response)).toEqual(DEPRECATION);
  });

  it('the latest version, and OPTIONS of both, announce no deprecation', async () => {
    const options = await get(FIRST, '*/*', { method: 'OPTIONS', token: null });
    expect([options.status, options.headers.get('allow')]).toEqual([204, 'GET, HEAD, OPTIONS']);
    for (const response of [await get(SECOND, '*/*'), await get('/v2/title-suggestions', '*/*'), options]) {
      expect(toDeprecationHeaders(response)).toEqual({ deprecation: null, sunset: null, link: null });
    }
  });

  it('scripts of other origins can read the deprecation', async () => {
    const response = await get(FIRST, '*/*', { token: null, headers: { origin: 'https://other.example' } });
    const exposed = response.headers.get('access-control-expose-headers')?.split(', ');
    expect(exposed).toEqual(expect.arrayContaining(Object.keys(DEPRECATION)));
  });

  it('a metric counts the requests to the older version, also those that the cache serves', async () => {
    const count = async (): Promise<number> => {
      const { values = [] } = (await register.getSingleMetric('http_deprecated_requests_total')?.get()) ?? {};
      return values.find(({ labels }) => labels['operation'] === 'listTitleSuggestions')?.value ?? 0;
    };
    const before = await count();
    for (const path of [FIRST, FIRST, SECOND, '/v1/title-suggestions']) await get(path, '*/*');
    expect(await count()).toBe(before + 3);
  });
});
