import { CodedError } from '@viernes/contracts';
import { TraceSampling } from '@viernes/platform';
import { fastify, type FastifyInstance, type LightMyRequestResponse } from 'fastify';
import { register } from 'prom-client';
import { z } from 'zod';
import { sendProblem } from '../problems/problem-reply.js';
import { defineOperation, type Operation } from '../routes/operation.js';
import { LoadShedding } from '../overload/shed-load.js';
import { CommonHeaders } from '../server/common-headers.js';
import { createRequestContexts } from '../server/request-contexts.js';
import { ResponseCache, type ResponseCacheOptions } from './response-cache.js';
import { serveFromCache } from './serve-from-cache.js';
import { preventCaching, storeResponses } from './store-responses.js';

const TTL_MS = 10_000;
const STALE_MS = 60_000;

const readItem = defineOperation({
  operationId: 'readItem',
  method: 'GET',
  path: '/items/:id',
  tag: 'tests',
  summary: 'A test',
  auth: 'none',
  params: z.strictObject({ id: z.string() }),
  cache: { ttlSeconds: TTL_MS / 1_000, staleSeconds: STALE_MS / 1_000, tags: ({ id = '' }) => ['items', `item:${id}`] },
  success: { status: 200, description: 'Success', schema: z.object({ call: z.int() }) },
  errors: [],
});

describe('a response in the cache', () => {
  let server: FastifyInstance;
  let cache: ResponseCache;
  let calls = 0;
  let now = 0;
  let isOverloaded: boolean;
  /** Returns the body of the response. */
  let handle: () => unknown;

  beforeEach(() => {
    // Elapsed time stays before the deadlines of requests, which use the clock of the process.
    now = Date.now() - 1_000_000;
    calls = 0;
    isOverloaded = false;
    handle = () => ({ call: (calls += 1) });
    start({ maxBytes: 1_000_000 });
  });
  afterEach(() => server.close());

  const start = (limits: Omit<ResponseCacheOptions, 'now'>): void => {
    cache = new ResponseCache({ ...limits, now: () => now });
    server = fastify();
    createRequestContexts(server, new TraceSampling(0));
    storeResponses(server, cache, new CommonHeaders({}).fixed);
    const headers = new CommonHeaders({});
    const shedding = new LoadShedding(headers);
    const admit: LoadShedding['admit'] = (request, reply) => !isOverloaded && shedding.admit(request, reply);
    serveFromCache(server, cache, headers, { admit, reject: (...rejected) => shedding.reject(...rejected) });
    server.setErrorHandler((error, request, reply) => sendProblem(request, reply, 'trace', error as CodedError));
    server.get('/items/:id', { config: { operation: readItem } }, async (_request, reply) => {
      const body = await handle();
      if (body === 'private') preventCaching(reply);
      return reply.type('application/json; charset=utf-8').send(JSON.stringify(body));
    });
  };
  // Async, because inject starts only when it is awaited.
  const get = async (id = 'a'): Promise<LightMyRequestResponse> => await server.inject(`/items/${id}`);
  const readCall = async (id?: string): Promise<unknown> => (await get(id)).json();
  const elapse = (ms: number): void => void (now += ms);
  /** Makes the handler wait until the test calls `finish`. */
  const pauseHandler = (): { finish: (result: () => unknown) => void } => {
    const paused = { finish: (_result: () => unknown): void => undefined };
    const result = new Promise<() => unknown>((resolve) => (paused.finish = resolve));
    handle = async () => {
      calls += 1;
      return (await result)();
    };
    return paused;
  };
  const whenCalled = async (count: number): Promise<void> => {
    while (calls < count) await new Promise((resolve) => setImmediate(resolve));
  };
  const unavailable = (): never => {
    throw new CodedError('DEPENDENCY_UNAVAILABLE');
  };

  it('a cached response is served until its TTL, then refreshed', async () => {
    expect(await readCall()).toEqual({ call: 1 });
    elapse(TTL_MS - 1);
    expect(await readCall()).toEqual({ call: 1 });
    elapse(1);
    expect(await readCall()).toEqual({ call: 2 });
    expect(await readCall()).toEqual({ call: 2 });
  });

  it('a cached response is served with its age in seconds', async () => {
    await get();
    elapse(3_999);
    expect((await get()).headers['age']).toBe('3');
  });

  it('a cached response is served while one request refreshes it', async () => {
    await get();
    elapse(TTL_MS);
    const refresh = pauseHandler();
    const refreshing = get();
    await whenCalled(2);
    expect(await Promise.all([readCall(), readCall()])).toEqual([{ call: 1 }, { call: 1 }]);
    refresh.finish(() => ({ call: 2 }));
    expect((await refreshing).json()).toEqual({ call: 2 });
    expect(calls).toBe(2);
  });

  it('a cached response is served instead of a transient error of its refresh, and refreshed a second later', async () => {
    const first = await get();
    elapse(TTL_MS);
    handle = unavailable;
    const response = await get();
    expect([response.statusCode, response.json()]).toEqual([200, { call: 1 }]);
    for (const name of ['etag', 'content-type', 'cache-control', 'retry-after']) {
      expect([name, response.headers[name]]).toEqual([name, first.headers[name]]);
    }
    expect(response.headers['age']).toBe(String(TTL_MS / 1_000));
    handle = () => ({ call: 5 });
    expect(await readCall()).toEqual({ call: 1 });
    elapse(1_000);
    expect(await readCall()).toEqual({ call: 5 });
  });

  it('a cached response is not served instead of another error', async () => {
    await get();
    elapse(TTL_MS);
    handle = () => {
      throw new CodedError('TITLE_NOT_FOUND');
    };
    expect((await get()).statusCode).toBe(404);
  });

  it('a cached response is not served instead of a transient error if it was invalidated during the refresh', async () => {
    await get();
    elapse(TTL_MS);
    const refresh = pauseHandler();
    const refreshing = get();
    await whenCalled(2);
    cache.invalidate('item:a');
    refresh.finish(unavailable);
    expect((await refreshing).statusCode).toBe(503);
  });

  it('a cached response is not served after its stale time, even if its refresh fails with a transient error', async () => {
    await get();
    elapse(TTL_MS + STALE_MS);
    handle = unavailable;
    expect((await get()).statusCode).toBe(503);
  });

  it('a cached response is removed by the invalidation of one of its tags, even while it is refreshed', async () => {
    await Promise.all([get('a'), get('b')]);
    cache.invalidate('item:a');
    expect(await readCall('b')).toEqual({ call: 2 });
    expect(await readCall('a')).toEqual({ call: 3 });
    elapse(TTL_MS);
    const refresh = pauseHandler();
    const refreshing = get('a');
    await whenCalled(4);
    cache.invalidate('items');
    refresh.finish(() => ({ call: 4 }));
    await refreshing;
    handle = () => ({ call: 5 });
    expect(await readCall('a')).toEqual({ call: 5 });
  });

  it('a response is not stored if all responses were removed while its handler ran', async () => {
    const first = pauseHandler();
    const response = get();
    await whenCalled(1);
    cache.clear();
    first.finish(() => ({ call: 1 }));
    expect((await response).json()).toEqual({ call: 1 });
    handle = () => ({ call: 2 });
    expect(await readCall()).toEqual({ call: 2 });
  });

  it('a response is not stored if its handler prevents it', async () => {
    handle = () => 'private';
    expect((await get()).headers['cache-control']).toBeUndefined();
    handle = () => ({ call: 1 });
    expect(await readCall()).toEqual({ call: 1 });
  });

  it('a cached response is served, fresh or stale, while its operation is overloaded and rejects requests without one', async () => {
    await get();
    isOverloaded = true;
    expect(await readCall()).toEqual({ call: 1 });
    elapse(TTL_MS);
    expect(await readCall()).toEqual({ call: 1 });
    const rejected = await get('b');
    expect([rejected.statusCode, rejected.headers['retry-after']]).toEqual([503, '2']);
    expect(rejected.json()).toMatchObject({ code: 'OVERLOADED', instance: '/items/b' });
    expect(calls).toBe(1);
    isOverloaded = false;
    expect(await readCall()).toEqual({ call: 2 });
  });

  it('a cached response is displaced by later responses beyond the limits of entries and bytes', async () => {
    start({ maxBytes: 1_000_000, maxEntries: 3 });
    for (const id of ['a', 'b', 'c', 'a', 'd']) await get(id);
    expect(calls).toBe(4);
    await get('b');
    expect(calls).toBe(5);

    handle = () => ({ call: (calls += 1), text: 'x'.repeat(10_000) });
    start({ maxBytes: 200_000 });
    for (let id = 0; id < 50; id += 1) await get(String(id));
    expect(await readGauge('http_cache_bytes')).toBeLessThanOrEqual(200_000);
    expect(await readGauge('http_cache_entries')).toBeGreaterThan(3);
    handle = () => ({ text: 'x'.repeat(100_000) });
    await get('large');
    expect(await readGauge('http_cache_entries')).toBeGreaterThan(3);
  });
});

describe('serveFromCache', () => {
  it.each<[string, Operation]>([
    ['requires a token', { ...readItem, auth: 'required', scope: 'none' }],
    ['requires a role', { ...readItem, role: 'editor' }],
    ['changes something', { ...readItem, method: 'POST' }],
    ['reads a cookie', { ...readItem, cookie: 'session' }],
    ['returns credentials', { ...readItem, returnsCredentials: true }],
    ['streams', { ...readItem, success: { status: 200, description: 'Success', contentType: 'text/event-stream' } }],
  ])('rejects a cache for an operation that %s', (_, operation) => {
    const server = fastify();
    const headers = new CommonHeaders({});
    serveFromCache(server, new ResponseCache({ maxBytes: 1_000 }), headers, new LoadShedding(headers));
    expect(() => server.route({ method: 'GET', url: '/x', config: { operation }, handler: () => 'x' })).toThrow(
      'readItem cannot have a cache',
    );
  });
});

async function readGauge(name: string): Promise<number> {
  const metric = await register.getSingleMetric(name)?.get();
  return metric?.values[0]?.value ?? 0;
}
