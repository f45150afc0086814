import { request, type IncomingHttpHeaders } from 'node:http';
import { randomUUID } from 'node:crypto';
import { readConfig } from './config.js';
import { titlePageMessage } from './testing/messages.js';
import { startEdge, type TestEdge } from './testing/start-edge.js';

const ORIGIN = 'https://www.example';

describe('requests from other origins', () => {
  let edge: TestEdge;

  beforeAll(async () => {
    edge = await startEdge({ CORS_ORIGINS: `${ORIGIN} http://127.0.0.1:5173` });
    edge.catalog.handlers = { listTitles: () => titlePageMessage() };
  });
  afterAll(() => edge.stop());

  /** Unlike fetch, sends any header. */
  const send = (method: string, path: string, headers: Record<string, string>, url = edge.url) =>
    new Promise<{ status: number | undefined; headers: IncomingHttpHeaders }>((resolve, reject) => {
      request(url + path, { method, headers }, (response) => {
        response.resume();
        resolve({ status: response.statusCode, headers: response.headers });
      })
        .once('error', reject)
        .end();
    });
  const corsHeaders = (headers: IncomingHttpHeaders): string[] =>
    Object.keys(headers).filter((name) => name.startsWith('access-control-'));

  it('returns the allowed origin and the headers that its scripts can read, also from the cache', async () => {
    const path = `/v1/titles?genre=${randomUUID()}`;
    const responses = [await send('GET', path, { origin: ORIGIN }), await send('GET', path, { origin: ORIGIN })];
    expect(responses[1]?.headers['age']).toBeDefined();
    for (const { status, headers } of responses) {
      expect([status, headers['access-control-allow-origin']]).toEqual([200, ORIGIN]);
      expect(headers['access-control-expose-headers']).toMatch(/\betag\b.*\bx-trace-id\b/);
      expect(headers['access-control-allow-credentials']).toBeUndefined();
      expect(headers['vary']).toMatch(/Accept-Encoding.*\bOrigin\b/);
    }
    const other = await send('GET', path, { origin: 'http://127.0.0.1:5173' });
    expect(other.headers['access-control-allow-origin']).toBe('http://127.0.0.1:5173');
  });

  it.each(['https://attacker.example', 'https://www.example.attacker.example', 'http://www.example', 'null', '*'])(
    'serves requests from %s without permission to read the response',
    async (origin) => {
      const preflight = { origin, 'access-control-request-method': 'POST' };
      for (const { headers } of [
        await send('GET', '/v1/titles', { origin }),
        await send('OPTIONS', '/v1/titles', preflight),
      ]) {
        expect(corsHeaders(headers)).toEqual([]);
        expect(headers['vary']).toMatch(/\bOrigin\b/);
      }
    },
  );

  it('returns preflight headers for gRPC-Web and Connect, and lets scripts read the error code', async () => {
    const path = '/viernes.edge.v1.TitleService/ListTitles';
    const preflight = await send('OPTIONS', path, { origin: ORIGIN, 'access-control-request-method': 'POST' });
    expect(preflight.status).toBe(204);
    expect(preflight.headers['access-control-allow-methods']).toBe('GET, OPTIONS, POST');
    for (const name of ['connect-protocol-version', 'connect-timeout-ms', 'x-grpc-web', 'grpc-timeout']) {
      expect(preflight.headers['access-control-allow-headers']).toContain(name);
    }
    const query = new URLSearchParams({ connect: 'v1', encoding: 'json', message: '{"pageSize": 101}' });
    const { status, headers } = await send('GET', `${path}?${query.toString()}`, { origin: ORIGIN });
    expect([status, headers['access-control-allow-origin']]).toEqual([400, ORIGIN]);
    expect(headers['viernes-error-code']).toBe('REQUEST_INVALID');
    expect(headers['access-control-expose-headers']).toContain('viernes-error-code');
  });

  it('varies by origin, even for a request without one, so that a shared cache separates the responses', async () => {
    const { headers } = await send('GET', '/v1/titles', {});
    expect([corsHeaders(headers), headers['vary']]).toEqual([[], expect.stringMatching(/\bOrigin\b/)]);
  });

  it('returns the methods of the path and the allowed headers for a preflight', async () => {
    const headers = { origin: ORIGIN, 'access-control-request-method': 'POST' };
    const preflight = await send('OPTIONS', '/v1/titles', headers);
    expect(preflight.status).toBe(204);
    expect(preflight.headers).toMatchObject({
      allow: 'GET, HEAD, OPTIONS, POST',
      'access-control-allow-origin': ORIGIN,
      'access-control-allow-methods': 'GET, HEAD, OPTIONS, POST',
      'access-control-allow-headers': expect.stringMatching(/authorization.*if-match/),
      'access-control-max-age': '600',
    });
    // Otherwise, scripts of these origins could change data with the session cookie.
    expect(preflight.headers['access-control-allow-headers']).not.toContain('viernes-session');
    expect(preflight.headers['access-control-allow-credentials']).toBeUndefined();
  });

  it('lets scripts of an allowed origin read errors', async () => {
    const { status, headers } = await send('GET', '/v1/profiles', { origin: ORIGIN });
    expect([status, headers['access-control-allow-origin']]).toEqual([401, ORIGIN]);
    const unknown = await send('GET', '/v1/nothing', { origin: ORIGIN });
    expect([unknown.status, unknown.headers['access-control-allow-origin']]).toEqual([404, ORIGIN]);
  });

  it('returns no CORS headers without the setting', async () => {
    const closed = await startEdge();
    try {
      closed.catalog.handlers = { listTitles: () => titlePageMessage() };
      const { headers } = await send('GET', '/v1/titles', { origin: ORIGIN }, closed.url);
      expect(corsHeaders(headers)).toEqual([]);
      expect(headers['vary']).not.toContain('Origin');
    } finally {
      await closed.stop();
    }
  });

  it('rejects a setting that allows every origin', () => {
    expect(() => readConfig({ CORS_ORIGINS: '*' })).toThrow(/CORS_ORIGINS/);
  });
});
