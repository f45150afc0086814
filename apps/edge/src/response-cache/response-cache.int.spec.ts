import { randomUUID } from 'node:crypto';
import { request as httpRequest } from 'node:http';
import {
  CodedError,
  HomeRowsChangedV1,
  listDeclaredConsumers,
  PersonChangedV1,
  TitleChangedV1,
} from '@viernes/contracts';
import { ResponseCache } from '@viernes/gateway';
import { backing, eventually, TestEventPublisher } from '@viernes/testing';
import { register } from 'prom-client';
import { fromRandomAddress, TRUST_FORWARDED_FOR } from '../testing/client-address.js';
import { titleMessage, titlePageMessage } from '../testing/messages.js';
import { RAISED_LIMIT, toPlans } from '../testing/raised-limit.js';
import { EVENT_SOURCES } from '../live-event/event-sources.js';
import { startEdge, type EdgeRequest, type TestEdge } from '../testing/start-edge.js';
import { cacheConsumers } from './cache-invalidation.js';

const HEADERS_OF_ONE_REQUEST = ['date', 'x-trace-id', 'ratelimit', 'age', 'connection', 'keep-alive'];

async function countResults(result: string): Promise<number> {
  const metric = await register.getSingleMetric('http_cache_requests_total')?.get();
  const values = metric?.values.filter(({ labels }) => labels['result'] === result) ?? [];
  return values.reduce((sum, { value }) => sum + value, 0);
}

describe('the response cache', () => {
  const title = titleMessage();
  let edge: TestEdge;
  let calls = 0;
  /** Differs for each test, because the cache keeps the responses of earlier tests. */
  let path: string;

  beforeAll(async () => {
    edge = await startEdge({ ...RAISED_LIMIT, HTTP_MAX_CONNECTION_AGE_MS: '0' });
  });
  beforeEach(() => {
    calls = 0;
    path = `/v1/titles?genre=${randomUUID()}`;
    edge.catalog.handlers = {
      listTitles: () => titlePageMessage([{ ...title, name: `call ${(calls += 1)}` }]),
      getTitle: ({ titleId }) => ({ title: { ...title, id: titleId, name: `call ${(calls += 1)}` } }),
      getPerson: ({ personId: slug }) => {
        const person = { id: title.id, name: `call ${(calls += 1)}`, slug, roles: [], titleCount: 0, revision: 1 };
        return { person };
      },
      listHomeRows: () => ({ rows: [{ id: 'popular', name: `call ${(calls += 1)}`, titles: [title] }], version: '' }),
    };
  });
  afterAll(() => edge?.stop());

  const get = (url = path, init: EdgeRequest = {}): Promise<Response> => edge.fetch(url, { token: null, ...init });
  const lastCall = async (url = path, init?: EdgeRequest): Promise<string> =>
    /call \d+/.exec(await (await get(url, init)).text())?.[0] ?? '';

  it('serves equal anonymous requests from one handler run, with the same headers', async () => {
    const responses = [await get(), await get(`${path}&`), await get(path, { headers: { cookie: 'a=b' } })];
    const bodies = await Promise.all(responses.map((response) => response.text()));
    expect(new Set(bodies).size).toBe(1);
    expect(calls).toBe(1);
    const [first, ...others] = responses.map(({ status, headers }) => {
      const entries = [...headers].filter(([name]) => !HEADERS_OF_ONE_REQUEST.includes(name));
      return { status, ...Object.fromEntries(entries.toSorted()) };
    });
    for (const other of others) expect(other).toEqual(first);
    expect(first).toMatchObject({
      'cache-control': 'public, max-age=0, s-maxage=10',
      'cdn-cache-control': 'max-age=10, stale-while-revalidate=60, stale-if-error=60',
      vary: 'Authorization, Cookie, Accept, Accept-Encoding',
      etag: expect.stringMatching(/^"[\w-]{22}(-\w+)?"$/),
      'content-security-policy': expect.stringContaining("default-src 'self'"),
    });
    const traceIds = responses.map(({ headers }) => headers.get('x-trace-id'));
    expect(new Set(traceIds).size).toBe(3);
    expect(responses[2]?.headers.get('ratelimit')).toMatch(/^"anonymous";r=\d+;t=\d+$/);
  });

  it('uses the validated input as the cache key, regardless of the order of its fields', async () => {
    expect(await lastCall(`${path}&kind=film&pageSize=7`)).toBe('call 1');
    expect(await lastCall(`/v1/titles?pageSize=07&kind=film&${path.split('?')[1]}`)).toBe('call 1');
    expect(await lastCall(`${path}&kind=series&pageSize=7`)).toBe('call 2');
  });

  it('returns 400 for an unknown parameter of a cached URL', async () => {
    await get();
    for (let attempt = 0; attempt < 2; attempt += 1) expect((await get(`${path}&unknown=1`)).status).toBe(400);
  });

  it.each(['gzip', 'br', 'zstd', 'identity'])(
    'serves a response in %s with a separate entity tag',
    async (encoding) => {
      edge.catalog.handlers.listTitles = () => titlePageMessage(Array.from({ length: 20 }, () => title));
      const headers = { 'accept-encoding': encoding };
      const [miss, hit] = [await get(path, { headers }), await get(path, { headers })];
      expect(await hit.json()).toEqual(await miss.json());
      const etag = hit.headers.get('etag') ?? '';
      expect(miss.headers.get('etag')).toBe(etag);
      expect(hit.headers.get('content-encoding')).toBe(encoding === 'identity' ? null : encoding);
      const other = await get(path, { headers: { 'accept-encoding': encoding === 'gzip' ? 'br' : 'gzip' } });
      expect(other.headers.get('etag')).not.toBe(etag);
    },
  );

  it('returns 304 without content headers for a listed entity tag, also if it is weak', async () => {
    const etag = (await get()).headers.get('etag') ?? '';
    for (const tags of [etag, `W/${etag}`, `"other", W/${etag}`, '*']) {
      const response = await get(path, { headers: { 'if-none-match': tags } });
      expect([tags, response.status, await response.text()]).toEqual([tags, 304, '']);
      expect(response.headers.get('etag')).toBe(etag);
      for (const name of ['content-type', 'content-length', 'content-encoding']) {
        expect([name, response.headers.get(name)]).toEqual([name, null]);
      }
    }
    expect((await get(path, { headers: { 'if-none-match': '"other"' } })).status).toBe(200);
    expect(calls).toBe(1);
  });

  it('returns 304 for the entity tag of a response that is no longer stored', async () => {
    edge.catalog.handlers.listTitles = () => titlePageMessage([title]);
    const etag = (await get()).headers.get('etag') ?? '';
    edge.get(ResponseCache).clear();
    const response = await get(path, { headers: { 'if-none-match': etag } });
    expect([response.status, response.headers.get('content-type'), await response.text()]).toEqual([304, null, '']);
  });

  it('returns the headers of GET for HEAD', async () => {
    const { headers } = await get();
    const head = await get(path, { method: 'HEAD' });
    expect([head.status, await head.text()]).toEqual([200, '']);
    for (const name of ['etag', 'content-type', 'content-length', 'cache-control']) {
      expect([name, head.headers.get(name)]).toEqual([name, headers.get(name)]);
    }
    expect(calls).toBe(1);
  });

  it('requests with a token neither read nor write the cache', async () => {
    expect(await lastCall()).toBe('call 1');
    const response = await edge.fetch(path);
    expect(await response.text()).toContain('call 2');
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(response.headers.get('etag')).toBeNull();
    expect(await lastCall()).toBe('call 1');
    expect((await get(path, { token: 'invalid' })).status).toBe(401);
  });

  it('does not cache errors', async () => {
    edge.catalog.handlers.getTitle = () => {
      throw new CodedError('TITLE_NOT_FOUND');
    };
    const url = `/v1/titles/${randomUUID()}`;
    for (const count of [1, 2]) {
      const response = await get(url);
      expect([count, response.status, response.headers.get('cache-control')]).toEqual([count, 404, 'no-store']);
    }
    edge.catalog.handlers.getTitle = () => ({ title });
    expect((await get(url)).status).toBe(200);
  });

  it('does not cache an incomplete home page', async () => {
    edge.get(ResponseCache).clear();
    const { listHomeRows } = edge.catalog.handlers;
    edge.catalog.handlers.listHomeRows = () => {
      throw new CodedError('DEPENDENCY_UNAVAILABLE');
    };
    const partial = await get('/v1/home');
    expect(await partial.json()).toEqual({ rows: [], unavailableSources: ['catalog'] });
    expect(partial.headers.get('cache-control')).toBe('no-store');
    edge.catalog.handlers.listHomeRows = listHomeRows;
    expect(await lastCall('/v1/home')).toBe('call 1');
    expect(await lastCall('/v1/home')).toBe('call 1');
  });

  it('counts hits against the rate limit, and returns 429 instead of a hit', async () => {
    const limited = await startEdge({
      ...RAISED_LIMIT,
      ...TRUST_FORWARDED_FOR,
      PLANS: toPlans({ rate: 0.01, burst: 3 }),
    });
    try {
      limited.catalog.handlers = edge.catalog.handlers;
      const headers = fromRandomAddress();
      const statuses: number[] = [];
      for (let count = 0; count < 4; count += 1) {
        statuses.push((await limited.fetch(path, { token: null, headers })).status);
      }
      expect(statuses).toEqual([200, 200, 200, 429]);
    } finally {
      await limited.stop();
    }
  });

  it('closes the connection after a cached response while the edge drains', async () => {
    const draining = await startEdge(RAISED_LIMIT);
    draining.catalog.handlers = edge.catalog.handlers;
    await draining.fetch(path, { token: null });
    draining.beginDrain();
    const response = await new Promise<{ status?: number; connection?: string }>((resolve, reject) => {
      httpRequest(draining.url + path, { agent: false, headers: { connection: 'keep-alive' } }, (message) => {
        message.resume();
        resolve({ status: message.statusCode ?? 0, connection: message.headers.connection ?? '' });
      })
        .on('error', reject)
        .end();
    });
    expect(response).toEqual({ status: 200, connection: 'close' });
    expect(calls).toBe(1);
    await draining.stop();
  });

  it('does not cache a response whose handler started before the event', async () => {
    const cache = edge.get(ResponseCache);
    let finish = (): void => undefined;
    edge.catalog.handlers.listTitles = async () => {
      const name = `call ${(calls += 1)}`;
      if (calls === 1) await new Promise<void>((resolve) => (finish = resolve));
      return titlePageMessage([{ ...title, name }]);
    };
    const outdated = lastCall();
    await eventually(() => calls === 1);
    cache.invalidate('titles');
    // Does not wait for the outdated handler run either.
    expect(await lastCall()).toBe('call 2');
    finish();
    expect(await outdated).toBe('call 1');
    expect(await lastCall()).toBe('call 2');
  });

  describe('with concurrent requests', () => {
    let finish: () => void;
    const delayListTitles = (respond: () => unknown): void => {
      const finished = new Promise<void>((resolve) => (finish = resolve));
      edge.catalog.handlers.listTitles = async () => {
        calls += 1;
        await finished;
        respond();
        return titlePageMessage([{ ...title, name: `call ${calls}` }]);
      };
    };

    it('runs one handler for 1,000 equal misses', async () => {
      delayListTitles(() => undefined);
      const before = await countResults('coalesced');
      const responses = Array.from({ length: 1_000 }, () => lastCall());
      await eventually(async () => (await countResults('coalesced')) === before + 999);
      finish();
      expect(new Set(await Promise.all(responses))).toEqual(new Set(['call 1']));
      expect(calls).toBe(1);
    });

    it('returns the error of the handler run to all requests, each with its trace ID', async () => {
      delayListTitles(() => {
        throw new CodedError('CURSOR_INVALID');
      });
      const before = await countResults('coalesced');
      const requests = Array.from({ length: 10 }, () => get());
      await eventually(async () => (await countResults('coalesced')) === before + 9);
      finish();
      const problems = await Promise.all(
        (await Promise.all(requests)).map((response) => response.json() as Promise<Record<string, string>>),
      );
      expect(calls).toBe(1);
      expect(new Set(problems.map(({ code }) => code))).toEqual(new Set(['CURSOR_INVALID']));
      expect(new Set(problems.map(({ traceId }) => traceId)).size).toBe(10);
    });

    it('completes the handler run for the other clients if the first one disconnects', async () => {
      delayListTitles(() => undefined);
      const aborting = new AbortController();
      const first = get(path, { signal: aborting.signal }).catch(() => 'aborted');
      await eventually(() => calls === 1);
      const before = await countResults('coalesced');
      const follower = lastCall();
      await eventually(async () => (await countResults('coalesced')) === before + 1);
      aborting.abort();
      expect(await first).toBe('aborted');
      finish();
      expect(await follower).toBe('call 1');
    });

    it('does not share an incomplete home page with the requests that wait for it', async () => {
      edge.get(ResponseCache).clear();
      let isFirst = true;
      edge.catalog.handlers.listHomeRows = () => {
        calls += 1;
        if (!isFirst) return { rows: [], version: '' };
        isFirst = false;
        return new Promise(() => undefined);
      };
      const before = await countResults('coalesced');
      const first = get('/v1/home');
      await eventually(() => calls === 1);
      const follower = get('/v1/home');
      await eventually(async () => (await countResults('coalesced')) === before + 1);
      expect(await (await first).json()).toEqual({ rows: [], unavailableSources: ['catalog'] });
      expect(await (await follower).json()).toEqual({ rows: [], unavailableSources: [] });
    });
  });

  describe('with events', () => {
    let catalog: TestEventPublisher;
    let withoutBroker: TestEdge;

    beforeAll(async () => {
      withoutBroker = edge;
      [edge, catalog] = await Promise.all([
        startEdge({ ...RAISED_LIMIT, KAFKA_BROKERS: backing().kafkaBrokers.join(',') }),
        TestEventPublisher.connect(),
      ]);
    });
    afterAll(async () => {
      await Promise.all([edge.stop(), catalog.close()]);
      edge = withoutBroker;
    });

    it('handles exactly the events that the event registry declares', () => {
      const consumers = cacheConsumers({ invalidate: () => undefined });
      const all = [...consumers.map(({ consumer, event: { type } }) => ({ type, consumer })), ...EVENT_SOURCES];
      expect(all.map(({ type, consumer }) => `${type} ${consumer}`).toSorted()).toEqual(listDeclaredConsumers('edge'));
    });

    it.each([
      ['a title', () => `/v1/titles/${title.id}`, () => catalog.publish(TitleChangedV1, { titleId: title.id })],
      ['lists of titles', () => path, () => catalog.publish(TitleChangedV1, { titleId: randomUUID() })],
      ['a person', () => '/v1/people/fritz-lang', () => catalog.publish(PersonChangedV1, { personId: randomUUID() })],
      ['the home page', () => '/v1/home', () => catalog.publish(HomeRowsChangedV1, {})],
    ])('removes the cached response for %s after an event', async (_, toUrl, publish) => {
      await waitUntilListening();
      edge.get(ResponseCache).clear();
      const url = toUrl();
      const before = await lastCall(url);
      await publish();
      await eventually(async () => (await lastCall(url)) !== before);
    });

    it('keeps the responses for other titles when one title changes', async () => {
      await waitUntilListening();
      const [unchanged, changed] = [`/v1/titles/${randomUUID()}`, randomUUID()];
      const before = await lastCall(unchanged);
      const changedBefore = await lastCall(`/v1/titles/${changed}`);
      await catalog.publish(TitleChangedV1, { titleId: changed });
      await eventually(async () => (await lastCall(`/v1/titles/${changed}`)) !== changedBefore);
      expect(await lastCall(unchanged)).toBe(before);
    });

    it('lets an editor read a created title immediately', async () => {
      const titles = [title];
      edge.catalog.handlers.listTitles = () => titlePageMessage(titles);
      edge.catalog.handlers.createTitle = ({ title: input }) => {
        titles.unshift({ ...title, name: input?.name ?? '' });
        return { title: titles[0] };
      };
      await get();
      await edge.fetch('/v1/titles', { method: 'POST', json: { kind: 'film', name: 'Nosferatu' } });
      expect(await (await edge.fetch(path)).text()).toContain('Nosferatu');
    });

    /** Resolves when the edge receives events. */
    async function waitUntilListening(): Promise<void> {
      const url = `/v1/titles/${randomUUID()}`;
      const before = await lastCall(url);
      await eventually(async () => {
        await catalog.publish(TitleChangedV1, { titleId: url.split('/').at(-1) ?? '' });
        return (await lastCall(url)) !== before;
      });
      calls = 0;
    }
  });
});
