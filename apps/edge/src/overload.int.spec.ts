import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { eventually } from '@viernes/testing';
import { EdgeProcess } from './testing/edge-process.js';
import { titleMessage, titlePageMessage } from './testing/messages.js';
import { RAISED_LIMIT } from './testing/raised-limit.js';
import { startEdge, type TestEdge } from './testing/start-edge.js';

const WORK_MS = 2;
const MAX_RESPONSES = 20_000;

describe('an edge whose catalog is overloaded', () => {
  // Provides the fake services. The edge under test is a process.
  let services: TestEdge;
  let edge: EdgeProcess;
  let calls = 0;

  beforeAll(async () => {
    services = await startEdge();
    // One worker: concurrent calls wait for each other.
    let last: Promise<unknown> = Promise.resolve();
    services.catalog.handlers = {
      listTitles: () => titlePageMessage(),
      getTitle: async () => {
        calls += 1;
        last = last.then(() => delay(WORK_MS));
        await last;
        return { title: titleMessage() };
      },
    };
    edge = await EdgeProcess.start(services, RAISED_LIMIT);
  });
  afterAll(async () => {
    await edge.kill();
    await services.stop();
  });

  const get = (path: string): Promise<Response> => fetch(`http://127.0.0.1:${edge.port}${path}`);
  const getTitle = (): Promise<Response> => get(`/v1/titles/${randomUUID()}`);
  const warmUp = async (): Promise<void> => {
    for (let request = 0; request < 100; request += 1) expect((await getTitle()).status).toBe(200);
  };

  it('rejects requests with 503 and Retry-After without calling catalog, serves the rest, and recovers', async () => {
    await warmUp();
    const callsBefore = calls;
    const responses: Response[] = [];
    const count = (status: number): number => responses.filter((response) => response.status === status).length;
    const client = async (): Promise<void> => {
      while (count(503) < 500 && responses.length < MAX_RESPONSES) {
        const response = await getTitle();
        responses.push(response);
        if (response.status === 503) await delay(10 * WORK_MS);
      }
    };
    const listStatuses: number[] = [];
    await Promise.all([
      ...Array.from({ length: 120 }, client),
      // Another operation of the same service is not limited.
      (async () => {
        while (count(503) < 300 && responses.length < MAX_RESPONSES)
          listStatuses.push((await get('/v1/titles')).status);
      })(),
    ]);
    const rejected = responses.filter(({ status }) => status === 503);
    expect(rejected.length).toBeGreaterThanOrEqual(500);
    expect(new Set(responses.map(({ status }) => status))).toEqual(new Set([200, 503]));
    expect(count(200)).toBe(calls - callsBefore);
    expect(rejected.every(({ headers }) => Number(headers.get('retry-after')) > 0)).toBe(true);
    const { headers } = rejected[0] ?? {};
    expect(await rejected[0]?.json()).toEqual({
      type: '/problems/overloaded',
      title: expect.any(String),
      status: 503,
      code: 'OVERLOADED',
      instance: expect.stringMatching(/^\/v1\/titles\/[\w-]{36}$/),
      traceId: headers?.get('x-trace-id'),
    });
    expect(Object.fromEntries(headers ?? [])).toMatchObject({
      'content-type': 'application/problem+json',
      'cache-control': 'no-store',
      'content-security-policy': expect.stringContaining("default-src 'self'"),
      ratelimit: expect.stringMatching(/^"anonymous";r=\d+;t=\d+$/),
    });
    expect(new Set(listStatuses)).toEqual(new Set([200]));

    const metrics = await edge.metrics();
    expect(metrics).toContain(`http_requests_shed_total{operation="getTitle"} ${rejected.length}`);
    expect(metrics).toContain('http_requests_in_flight{operation="getTitle"} 0');
    expect(metrics).toContain('http_requests_shed_total{operation="listTitles"} 0');

    await warmUp();
    const burst = await Promise.all(Array.from({ length: 30 }, getTitle));
    expect(burst.map(({ status }) => status)).toEqual(Array(30).fill(200));
  });

  it('releases the slots of clients that disconnect before their response', async () => {
    const { getTitle: serve } = services.catalog.handlers;
    services.catalog.handlers.getTitle = () => new Promise(() => undefined);
    const inFlight = async (): Promise<number> => {
      const [, value = '-1'] = /in_flight\{operation="getTitle"\} (\d+)/.exec(await edge.metrics()) ?? [];
      return Number(value);
    };
    const before = await inFlight();
    const controller = new AbortController();
    const requests = Array.from({ length: 20 }, () =>
      fetch(`http://127.0.0.1:${edge.port}/v1/titles/${randomUUID()}`, { signal: controller.signal }),
    );
    await eventually(async () => (await inFlight()) === before + 20);
    controller.abort();
    await Promise.allSettled(requests);
    await eventually(async () => (await inFlight()) === 0);
    services.catalog.handlers.getTitle = serve;
  });
});
