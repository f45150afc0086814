import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { requireData, EdgeClient, type Retry } from './edge-client.js';
import { EdgeResponseError, EdgeUnreachableError } from './edge-errors.js';

/** The server is an edge that issues token-1, token-2, ... and returns the statuses in `failures` before it succeeds. */
describe('EdgeClient', () => {
  let server: Server;
  let edgeUrl: string;
  let sessions: number;
  let validToken: string;
  let failures: number[];
  let failureCode: string;
  let bodies: string[];
  let keys: (string | undefined)[];

  beforeEach(async () => {
    [sessions, validToken, failures, bodies, keys] = [0, 'token-1', [], [], []];
    failureCode = 'DEPENDENCY_UNAVAILABLE';
    server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const respond = (status: number, body: unknown) =>
          response.writeHead(status, { 'retry-after': '0' }).end(JSON.stringify(body));
        if (request.url === '/v1/sessions') return respond(201, { accessToken: `token-${(sessions += 1)}` });
        if (request.headers.authorization !== `Bearer ${validToken}`) return respond(401, { code: 'UNAUTHENTICATED' });
        keys.push(request.headers['idempotency-key']?.toString());
        const status = failures.shift();
        const code = status === 409 ? 'IDEMPOTENCY_KEY_IN_USE' : failureCode;
        if (status !== undefined) return respond(status, { code, traceId: 'abc' });
        bodies.push(Buffer.concat(chunks).toString());
        return respond(200, { profiles: [] });
      });
    });
    await once(server.listen(0, '127.0.0.1'), 'listening');
    edgeUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterEach(() => {
    server.closeAllConnections();
    server.close();
  });

  const account = () => ({ edgeUrl, credentials: { email: 'editor@example.org', password: 'secret' } });

  it('signs in once for concurrent requests', async () => {
    const { api } = new EdgeClient(account());
    await Promise.all([api.GET('/v1/profiles'), api.GET('/v1/profiles')]);
    expect(sessions).toBe(1);
  });

  it('signs in again after 401 and repeats the request with its body', async () => {
    const { api } = new EdgeClient(account());
    await api.GET('/v1/profiles');
    validToken = 'token-2';
    await requireData(api.POST('/v1/playback', { body: { titleId: 't', profileId: 'p' } }));
    expect(sessions).toBe(2);
    expect(bodies.at(-1)).toBe('{"titleId":"t","profileId":"p"}');
  });

  it('sends an API key without a sign-in, and does not repeat a request after 401', async () => {
    const { api } = new EdgeClient({ edgeUrl, credentials: { apiKey: validToken } });
    await api.GET('/v1/profiles');
    expect(bodies).toHaveLength(1);
    validToken = 'another key';
    await expect(api.GET('/v1/profiles')).rejects.toMatchObject({ status: 401, code: 'UNAUTHENTICATED' });
    expect(sessions).toBe(0);
  });

  it('retries 429 and 503 and reports each retry', async () => {
    failures = [503, 429];
    const retries: Retry[] = [];
    const { api } = new EdgeClient({ ...account(), onRetry: (retry) => retries.push(retry) });
    await requireData(api.GET('/v1/profiles'));
    expect(retries.map(({ reason }) => reason)).toEqual(['503', '429']);
    expect(retries[0]?.request).toBe(`GET ${edgeUrl}/v1/profiles`);
  });

  it('does not retry when the monthly quota is used up', async () => {
    [failures, failureCode] = [[429], 'QUOTA_EXCEEDED'];
    const { api } = new EdgeClient(account());
    await expect(api.GET('/v1/profiles')).rejects.toMatchObject({ status: 429, code: 'QUOTA_EXCEEDED' });
  });

  it('retries a POST with the same idempotency key, also while an earlier attempt is in progress', async () => {
    failures = [503, 409];
    const { api } = new EdgeClient(account());
    const create = () => requireData(api.POST('/v1/playback', { body: { titleId: 't', profileId: 'p' } }));
    await create();
    expect(keys).toEqual([expect.any(String), keys[0], keys[0]]);
    await create();
    expect(keys.at(-1)).not.toBe(keys[0]);
  });

  it('rejects with status, code, and trace ID when the time for retries has passed', async () => {
    failures = [503];
    const { api } = new EdgeClient({ ...account(), waitSeconds: 0 });
    const failure = await api.GET('/v1/profiles').catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(EdgeResponseError);
    expect(failure).toMatchObject({
      status: 503,
      code: 'DEPENDENCY_UNAVAILABLE',
      message: 'GET /v1/profiles returned 503 DEPENDENCY_UNAVAILABLE (trace abc)',
    });
  });

  it('fails immediately on 503 and on a refused connection if it only retries 429', async () => {
    failures = [503];
    const client = new EdgeClient({ ...account(), retryWhile: 'rate-limited' });
    await expect(client.api.GET('/v1/profiles')).rejects.toThrow(EdgeResponseError);
    const offline = new EdgeClient({ ...account(), edgeUrl: 'http://127.0.0.1:9', retryWhile: 'rate-limited' });
    const failure = await offline.api.GET('/v1/profiles').catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(EdgeUnreachableError);
    expect(failure).toMatchObject({
      message: expect.stringMatching(/\/v1\/sessions received no response: /) as string,
    });
  });
});
