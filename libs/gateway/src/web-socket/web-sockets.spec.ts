import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { CodedError } from '@viernes/contracts';
import { createLogger, Shutdown } from '@viernes/platform';
import { fastify, type FastifyInstance } from 'fastify';
import { WebSocket, type ClientOptions } from 'ws';
import { z } from 'zod';
import type { Authenticator } from '../auth/authenticator.js';
import { installGateway } from '../gateway.js';
import type { VerifiedCaller } from '../routes/fastify-augmentation.js';
import { defineOperation } from '../routes/operation.js';
import { serverOptions } from '../server/server-options.js';
import { TrustedProxies } from '../server/trusted-proxies.js';
import { connectionOf, type WebSocketConnection } from './web-socket-connection.js';
import { WEB_SOCKET_LIMITS, type WebSocketLimits } from './web-socket-limits.js';

const echo = defineOperation({
  operationId: 'echo',
  method: 'GET',
  path: '/v1/echo',
  tag: 'tests',
  summary: 'Echo',
  auth: 'required',
  scope: 'any',
  isLong: true,
  query: z.strictObject({ size: z.coerce.number().optional() }),
  webSocket: {
    clientMessage: z.strictObject({ id: z.string().optional(), text: z.string() }),
    serverMessage: z.strictObject({ text: z.string() }),
  },
  success: { status: 101, description: 'Connected' },
  errors: [],
});

const read = defineOperation({
  operationId: 'read',
  method: 'GET',
  path: '/v1/read',
  tag: 'tests',
  summary: 'Read',
  auth: 'none',
  success: { status: 200, description: 'Success' },
  errors: [],
});

const ACCOUNT_ID = randomUUID();

describe('WebSockets', () => {
  let server: FastifyInstance;
  let shutdown: Shutdown;
  let clients: WebSocket[];
  let connections: WebSocketConnection<typeof echo>[];
  let revoked: Set<string>;
  let usage: { readonly operation: string; readonly status: number }[];
  let expiresAtMs: number;

  const start = async (limits: Partial<WebSocketLimits> = {}): Promise<void> => {
    const logger = createLogger('gateway', 'silent');
    server = fastify(serverOptions([]));
    const identify = async ({ headers }: Parameters<Authenticator['identify']>[0]): Promise<VerifiedCaller> => {
      const { authorization, cookie } = headers;
      if (authorization === undefined && cookie === undefined) throw new CodedError('UNAUTHENTICATED');
      return { accountId: ACCOUNT_ID, sessionId: 'session', role: 'viewer', tokenLifeSeconds: 600, expiresAtMs };
    };
    const authenticator = { identify, findRevoked: async () => revoked } as unknown as Authenticator;
    installGateway(server, {
      ...{ logger, authenticator, corsOrigins: [], cache: undefined, canary: undefined, traceRatio: 0 },
      plans: { consume: async () => [], consumeAnonymous: () => [] },
      usage: { record: (_caller, operation, status) => void usage.push({ operation, status }) },
      connections: {
        shutdown,
        maxAgeMs: 5_000,
        maxPerAddress: 0,
        trustedProxies: new TrustedProxies([]),
        hasProxyHeaders: false,
      },
      headers: {},
      webSockets: { ...WEB_SOCKET_LIMITS, checkIntervalMs: 10, closeTimeoutMs: 50, ...limits },
    });
    // Loads the WebSocket plugin before the routes are registered, like createEdge.
    await server.register(async () => undefined);
    server.setErrorHandler<CodedError>((error, _request, reply) => {
      void reply.code(error.code === 'UPGRADE_REQUIRED' ? 426 : 400).send({ code: error.code });
    });
    server.route({
      method: 'GET',
      url: echo.path,
      config: { operation: echo },
      handler: (request) => {
        const connection = connectionOf(request) as WebSocketConnection<typeof echo>;
        connections.push(connection);
        connection.onMessage(({ text }) => {
          if (text === 'fail') throw new CodedError('TITLE_NOT_FOUND');
          connection.send({ text });
        });
      },
    });
    server.route({ method: 'GET', url: read.path, config: { operation: read }, handler: () => 'read' });
    await server.listen({ host: '127.0.0.1', port: 0 });
  };

  beforeEach(() => {
    [clients, connections, revoked, usage] = [[], [], new Set(), []];
    shutdown = new Shutdown();
    expiresAtMs = Date.now() + 600_000;
  });
  afterEach(async () => {
    for (const client of clients) client.terminate();
    shutdown.begin();
    await server.close();
  });

  const host = (): string => `127.0.0.1:${(server.server.address() as AddressInfo).port}`;
  const create = (options: ClientOptions = {}, path: string = echo.path): WebSocket => {
    const client = new WebSocket(`ws://${host()}${path}`, { headers: { authorization: 'token' }, ...options });
    client.on('error', () => undefined);
    clients.push(client);
    return client;
  };
  const open = async (options?: ClientOptions, path?: string): Promise<WebSocket> => {
    const client = create(options, path);
    await once(client, 'open');
    return client;
  };
  const receive = async (client: WebSocket): Promise<unknown> => {
    const [data] = (await once(client, 'message')) as [Buffer];
    return JSON.parse(data.toString());
  };
  const closeOf = async (client: WebSocket): Promise<number> => ((await once(client, 'close')) as [number])[0];
  /** Returns the status and the code of the problem of a rejected handshake. */
  const reject = async (options: ClientOptions, path?: string): Promise<unknown> => {
    const client = create(options, path);
    const [, response] = (await once(client, 'unexpected-response')) as [
      unknown,
      AsyncIterable<Buffer> & { statusCode: number },
    ];
    let text = '';
    for await (const chunk of response) text += chunk.toString();
    return [response.statusCode, (JSON.parse(text) as { code?: string }).code];
  };

  it('handles messages, and sends an error for invalid and failed ones, with their ID', async () => {
    await start();
    const client = await open();
    client.send('{"text":"a"}');
    expect(await receive(client)).toEqual({ text: 'a' });
    for (const [message, problem] of [
      ['{"id":"1","txt":"a"}', { code: 'REQUEST_INVALID', status: 400 }],
      ['not JSON', { code: 'REQUEST_INVALID' }],
      [`{"text":${'['.repeat(100)}`, { code: 'REQUEST_INVALID' }],
      ['{"id":"2","text":"fail"}', { code: 'TITLE_NOT_FOUND', instance: echo.path }],
    ] as const) {
      client.send(message);
      const id = /"id":"(\d)"/.exec(message)?.[1];
      expect(await receive(client)).toMatchObject({ type: 'error', ...(id !== undefined && { id }), problem });
    }
  });

  it('reads messages that the client sends before the handler is ready', async () => {
    await start();
    const client = create();
    client.once('open', () => client.send('{"text":"early"}'));
    expect(await receive(client)).toEqual({ text: 'early' });
  });

  it('responds to rejected handshakes with a problem, and closes their connections', async () => {
    await start({ connectionsPerCaller: 1 });
    const cookie = { cookie: 'viernes_session=token' };
    const authorization = 'token';
    expect(await reject({ headers: {} })).toEqual([400, 'UNAUTHENTICATED']);
    expect(await reject({ headers: cookie })).toEqual([400, 'CSRF_REJECTED']);
    expect(await reject({ headers: cookie, origin: 'http://evil.example' })).toEqual([400, 'CSRF_REJECTED']);
    expect(await reject({ headers: { authorization }, origin: 'http://evil.example' })).toEqual([400, 'CSRF_REJECTED']);
    expect(await reject({}, `${echo.path}?size=x`)).toEqual([400, 'REQUEST_INVALID']);
    expect(await reject({}, read.path)).toEqual([400, 'REQUEST_INVALID']);
    expect(await reject({ protocolVersion: 8 })).toEqual([426, 'UPGRADE_REQUIRED']);
    await open({ headers: cookie, origin: `http://${host()}` });
    expect(await reject({})).toEqual([400, 'RATE_LIMITED']);
    expect(connections).toHaveLength(1);
  });

  it('returns 426 without a handshake, and ignores other upgrades', async () => {
    await start();
    for (const method of ['GET', 'HEAD']) {
      const response = await fetch(`http://${host()}${echo.path}`, { method, headers: { authorization: 'token' } });
      expect([response.status, response.headers.get('upgrade')]).toEqual([426, 'websocket']);
    }
    const { request } = await import('node:http');
    const h2c = request(`http://${host()}${read.path}`, { headers: { connection: 'Upgrade', upgrade: 'h2c' } }).end();
    const [response] = (await once(h2c, 'response')) as [AsyncIterable<Buffer> & { statusCode: number }];
    for await (const chunk of response) expect(chunk.toString()).toBe('read');
    expect(response.statusCode).toBe(200);
  });

  it('sends the trace ID with the handshake, and counts the call when the connection closes', async () => {
    await start();
    const client = create();
    const [[response]] = await Promise.all([once(client, 'upgrade'), once(client, 'open')]);
    const { headers } = response as { readonly headers: Readonly<Record<string, string>> };
    expect(headers['x-trace-id']).toMatch(/^[0-9a-f]{32}$/);
    expect(usage).toEqual([]);
    client.close();
    await vi.waitFor(() => expect(usage).toEqual([{ operation: 'echo', status: 101 }]));
    expect(connections[0]?.closed.aborted).toBe(true);
  });

  it('closes a connection that breaks a limit of messages', async () => {
    await start({ messagesPerSecond: 2, messageBytes: 1_000 });
    const many = await open();
    for (let index = 0; index < 10; index += 1) many.send('{"text":"a"}');
    expect(await closeOf(many)).toBe(4429);
    const large = await open();
    large.send(JSON.stringify({ text: 'x'.repeat(1_000) }));
    expect(await closeOf(large)).toBe(1009);
    const binary = await open();
    binary.send(Buffer.from('{"text":"a"}'));
    expect(await closeOf(binary)).toBe(1003);
  });

  it('closes a connection whose client does not read, and buffers a limited number of bytes', async () => {
    await start({ maxBufferedBytes: 100_000 });
    const client = await open();
    client.pause();
    const [connection] = connections;
    const text = 'x'.repeat(50_000);
    let sent = 0;
    for (; connection?.isOpen && sent < 10_000; sent += 1) {
      connection.send({ text });
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(connection?.isOpen).toBe(false);
    await vi.waitFor(() => expect(connection?.closed.aborted).toBe(true));
  });

  it('discards a connection whose client does not respond to pings, and keeps others open', async () => {
    await start({ pingIntervalMs: 50 });
    const dead = await open({ autoPong: false });
    const alive = await open();
    expect(await closeOf(dead)).toBe(1006);
    expect(alive.readyState).toBe(WebSocket.OPEN);
  });

  it('closes connections whose token has expired, and those of revoked sessions', async () => {
    await start();
    expiresAtMs = Date.now() + 100;
    expect(await closeOf(await open())).toBe(4401);
    expiresAtMs = Date.now() + 600_000;
    const client = await open();
    revoked.add('session');
    expect(await closeOf(client)).toBe(4401);
  });

  it('closes connections when the process drains, rejects further ones, and discards those that do not confirm', async () => {
    await start();
    const [client, silent] = [await open(), await open()];
    silent.pause();
    shutdown.drain();
    expect(await closeOf(client)).toBe(1001);
    expect(await reject({})).toEqual([400, 'OVERLOADED']);
    await server.close();
    expect(connections.map(({ isOpen }) => isOpen)).toEqual([false, false]);
  });
});
