import { randomUUID } from 'node:crypto';
import { CodedError } from '@viernes/contracts';
import { ResponseCache } from '@viernes/gateway';
import { RAISED_LIMIT } from './testing/raised-limit.js';
import { assetMessage, titleMessage, titlePageMessage } from './testing/messages.js';
import { INDEX_HTML, startEdge, type TestEdge } from './testing/start-edge.js';

const ID = '0b7c6a52-4b38-4a0e-9d2c-6f3f1f6f0a11';
const PER_REQUEST_HEADERS = ['date', 'x-trace-id', 'ratelimit', 'age', 'connection', 'keep-alive', 'transfer-encoding'];

const title = titleMessage();

describe('HEAD and OPTIONS', () => {
  let edge: TestEdge;

  beforeAll(async () => {
    edge = await startEdge({ ...RAISED_LIMIT, HTTP_MAX_CONNECTION_AGE_MS: '0' });
    edge.catalog.handlers = {
      listTitles: () => titlePageMessage([title]),
      getTitle: ({ titleId }) => ({ title: { ...title, id: titleId } }),
      listHomeRows: () => ({ rows: [{ id: 'popular', name: 'Popular', titles: [title] }], version: '' }),
    };
  });
  afterAll(() => edge.stop());

  const read = async (method: string, path: string, init: { token?: null; headers?: Record<string, string> } = {}) => {
    const response = await edge.fetch(path, { method, ...init });
    const headers = [...response.headers].filter(([name]) => !PER_REQUEST_HEADERS.includes(name));
    return { status: response.status, headers: Object.fromEntries(headers), text: await response.text() };
  };

  it.each([
    ['a cached list', () => `/v1/titles?genre=${randomUUID()}`],
    ['a cached title', () => `/v1/titles/${randomUUID()}`],
    ['the home page', () => '/v1/home'],
    ['the API description', () => '/v1/openapi.json'],
    ['a problem type', () => '/problems/internal'],
    ['an unknown path', () => '/v1/nothing'],
    ['a file of the web app', () => '/assets/app-5f3c.js'],
  ])('HEAD of %s has the headers of GET, before and after GET', async (_name, toPath) => {
    const path = toPath();
    const first = await read('HEAD', path, { token: null });
    const { text, ...get } = await read('GET', path, { token: null });
    expect(text).not.toBe('');
    expect(first).toEqual({ ...get, text: '' });
    expect(await read('HEAD', path, { token: null })).toEqual(first);
    expect(Number(first.headers['content-length'])).toBeGreaterThan(0);
  });

  it('HEAD of an uncached title has the entity tag of GET', async () => {
    const path = `/v1/titles/${randomUUID()}`;
    const head = await read('HEAD', path);
    const { text: _, ...get } = await read('GET', path);
    expect(head).toEqual({ ...get, text: '' });
    expect(head.headers['etag']).toMatch(/^"/);
  });

  it('HEAD returns 304 for a current entity tag, with the headers of GET', async () => {
    const path = `/v1/titles/${randomUUID()}`;
    const etag = (await read('GET', path, { token: null })).headers['etag'] ?? '';
    const headers = { 'if-none-match': etag };
    for (const isCached of [true, false]) {
      if (!isCached) edge.get(ResponseCache).clear();
      const head = await read('HEAD', path, { token: null, headers });
      expect([isCached, head.status, head.headers['content-length']]).toEqual([isCached, 304, undefined]);
      if (!isCached) edge.get(ResponseCache).clear();
      expect(head).toEqual(await read('GET', path, { token: null, headers }));
    }
  });

  it.each(['identity', 'br'])(
    'reads with a token and a current entity tag return 304, encoded with %s',
    async (encoding) => {
      edge.catalog.handlers.getTitle = ({ titleId }) => ({
        title: { ...title, id: titleId, synopsis: 'x'.repeat(2_000) },
      });
      const path = `/v1/titles/${randomUUID()}`;
      const accepted = { 'accept-encoding': encoding };
      const etag = (await read('GET', path, { headers: accepted })).headers['etag'] ?? '';
      for (const method of ['GET', 'HEAD']) {
        const current = await read(method, path, { headers: { ...accepted, 'if-none-match': `"other", ${etag}` } });
        expect(current).toMatchObject({ status: 304, text: '', headers: { etag, 'cache-control': 'no-store' } });
        expect(current.headers).not.toHaveProperty('content-type');
        const other = await read(method, path, { headers: { ...accepted, 'if-none-match': '"other"' } });
        expect(other).toMatchObject({ status: 200, headers: { etag } });
      }
    },
  );

  it('HEAD of an event stream returns its headers, and 404 for an unknown asset', async () => {
    edge.video.handlers = {
      getAsset: ({ assetId }) => {
        if (assetId !== ID) throw new CodedError('ASSET_NOT_FOUND');
        return { asset: assetMessage() };
      },
    };
    const { status, headers } = await read('HEAD', `/v1/assets/${ID}/events`);
    expect([status, headers['content-type'], headers['x-accel-buffering']]).toEqual([200, 'text/event-stream', 'no']);
    expect(headers['content-length']).toBeUndefined();
    expect((await read('HEAD', `/v1/assets/${randomUUID()}/events`)).status).toBe(404);
  });

  it('OPTIONS returns the methods of every route', async () => {
    for (const { method, url, config } of edge.routes) {
      if (config?.servesWebApp) continue;
      const path = url.replaceAll(/:[A-Za-z]+/g, ID);
      const response = await edge.fetch(path, { method: 'OPTIONS', token: null });
      expect([url, response.status]).toEqual([url, 204]);
      expect(response.headers.get('allow')?.split(', ')).toEqual(expect.arrayContaining([method, 'OPTIONS'].flat()));
    }
  });

  it('OPTIONS of a page of the web app returns its methods, and 404 for an unknown path of the API', async () => {
    expect((await read('GET', '/')).text).toBe(INDEX_HTML);
    for (const path of ['/', '/sign-in', '/assets/app-5f3c.js']) {
      const { status, headers } = await read('OPTIONS', path);
      expect([path, status, headers['allow']]).toEqual([path, 204, 'GET, HEAD, OPTIONS']);
    }
    expect((await read('OPTIONS', '/v1/nothing')).status).toBe(404);
  });
});
