import { once } from 'node:events';
import type * as http from 'node:http';
import { connect, isIPv6, type AddressInfo, type Socket } from 'node:net';
import { setImmediate } from 'node:timers/promises';
import { fastify, type FastifyInstance } from 'fastify';
import { limitConnectionsPerAddress } from './connection-limit.js';
import { acceptFromSeveralSockets, listen } from './listen.js';
import { serverOptions } from './server-options.js';
import { TrustedProxies } from './trusted-proxies.js';

const MAX_PER_ADDRESS = 1_000;
const ADDRESS = '127.0.0.1';
/** Only Linux has all of 127.0.0.0/8. Other systems have the loopback address of IPv6, which not every container has. */
const OTHER_ADDRESS = process.platform === 'linux' ? '127.0.0.2' : '::1';
const WANTED_IDLE_SOCKETS = 5_000;
/** Open files of the other tests in this process, and of its modules. */
const OTHER_FILES = 1_000;
/** Client and server use a descriptor each. Node.js raises the soft limit of its process to the hard one. */
const IDLE_SOCKETS = Math.min(WANTED_IDLE_SOCKETS, Math.floor((maxOpenFiles() - OTHER_FILES) / 2));
/** Idle connections that are opened together. */
const BATCH = 1_000;

interface StartOptions extends http.ServerOptions {
  readonly trustedProxies?: readonly string[];
  readonly maxPerAddress?: number;
}

describe('a server with the options of the edge', () => {
  let server: FastifyInstance;
  let handled: string[];
  let clients: Socket[];
  let accepted: number;

  const start = async ({
    trustedProxies = [],
    maxPerAddress = MAX_PER_ADDRESS,
    ...shorter
  }: StartOptions = {}): Promise<void> => {
    const options = serverOptions([]);
    server = fastify({ ...options, http: { ...options.http, ...shorter } });
    acceptFromSeveralSockets(server);
    server.server.on('connection', () => (accepted += 1));
    limitConnectionsPerAddress(server.server, maxPerAddress, new TrustedProxies(trustedProxies));
    for (const method of ['GET', 'POST'] as const) {
      server.route({
        method,
        url: '/*',
        handler: ({ url, body }) => {
          handled.push(`${url} ${String(body)}`);
          return 'served';
        },
      });
    }
    server.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => done(null, body));
    await listen(server, { host: isIPv6(OTHER_ADDRESS) ? '::' : ADDRESS, port: 0 });
  };
  beforeEach(() => {
    [handled, clients, accepted] = [[], [], 0];
  });
  afterEach(async () => {
    for (const client of clients) client.destroy();
    await server.close();
  });

  const open = async (localAddress: string = ADDRESS): Promise<Socket> => {
    const { port } = server.server.address() as AddressInfo;
    const client = connect({ port, host: isIPv6(localAddress) ? localAddress : ADDRESS, localAddress });
    clients.push(client);
    // The server can close a connection with a reset.
    client.on('error', () => undefined);
    await once(client, 'connect');
    return client;
  };
  /** Opens connections, and waits until the server has accepted them, which is not in the order of the clients. */
  const openMany = async (count: number): Promise<void> => {
    const expected = accepted + count;
    await Promise.all(Array.from({ length: count }, () => open()));
    while (accepted < expected) await setImmediate();
  };
  /** Resolves with everything that the server has sent when it closes the connection. */
  const readAll = async (client: Socket): Promise<string> => {
    let text = '';
    client.on('data', (chunk) => (text += String(chunk)));
    if (!client.closed) await new Promise((resolve) => client.once('close', resolve));
    return text;
  };
  const send = async (text: string, localAddress?: string): Promise<string> => {
    const client = await open(localAddress);
    client.write(text);
    return readAll(client);
  };
  const request = (localAddress?: string): Promise<string> =>
    send('GET /plain HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n', localAddress);

  // Each contains a second request, which a proxy that reads the first one differently would not see.
  const SMUGGLED = 'GET /smuggled HTTP/1.1\r\nHost: x\r\n\r\n';
  const chunked = `0\r\n\r\n${SMUGGLED}`;
  const post = (headers: string, body: string): string => `POST / HTTP/1.1\r\nHost: x\r\n${headers}\r\n\r\n${body}`;

  it.each([
    ['Content-Length and Transfer-Encoding', post('Content-Length: 4\r\nTransfer-Encoding: chunked', chunked)],
    ['Transfer-Encoding and Content-Length', post('Transfer-Encoding: chunked\r\nContent-Length: 4', chunked)],
    ['two values of Content-Length', post('Content-Length: 0\r\nContent-Length: 40', SMUGGLED)],
    ['a list as Content-Length', post('Content-Length: 0, 40', SMUGGLED)],
    ['a signed Content-Length', post('Content-Length: +0', SMUGGLED)],
    ['an unknown Transfer-Encoding', post('Transfer-Encoding: xchunked', chunked)],
    ['an encoding after chunked', post('Transfer-Encoding: chunked, identity', chunked)],
    ['whitespace before the colon', post('Content-Length : 0', SMUGGLED)],
    ['a folded Transfer-Encoding', post('Transfer-Encoding:\r\n chunked', chunked)],
    ['a folded header', post('X-Note: a\r\n Content-Length: 40', SMUGGLED)],
    ['line feeds without carriage return', `GET / HTTP/1.1\nHost: x\n\n${SMUGGLED}`],
    ['a header that ends with a line feed', post('X-Note: a\nContent-Length: 0', SMUGGLED)],
    ['a carriage return within a value', post('X-Note: a\rContent-Length: 0', SMUGGLED)],
    ['NUL in a value', post('X-Note: a\0b', SMUGGLED)],
    ['a chunk size with a sign', post('Transfer-Encoding: chunked', `+0\r\n\r\n${SMUGGLED}`)],
    ['a chunk size that ends with a line feed', post('Transfer-Encoding: chunked', `0\n\r\n${SMUGGLED}`)],
  ])('rejects a request with %s, and reads nothing after it', async (_name, text) => {
    await start();
    expect(await send(text)).toMatch(/^HTTP\/1\.1 400 /);
    expect(handled.filter((url) => url.startsWith('/smuggled'))).toEqual([]);
  });

  it('serves valid requests in one packet', async () => {
    await start();
    const last = 'GET /last HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n';
    const responses = await send(post('Content-Type: text/plain\r\nContent-Length: 2', `ok${last}`));
    expect(responses.match(/HTTP\/1\.1 200/g)).toHaveLength(2);
    expect(handled.toSorted()).toEqual(['/ ok', '/last undefined']);
  });

  it('closes a connection whose client sends a header every few milliseconds, but never ends its headers', async () => {
    await start({ headersTimeout: 200, connectionsCheckingInterval: 50 });
    const client = await open();
    client.write('GET / HTTP/1.1\r\nHost: x\r\n');
    const timer = setInterval(() => client.write('X-More: a\r\n'), 20);
    expect(await readAll(client)).toMatch(/^HTTP\/1\.1 408 .*"code":"REQUEST_TIMEOUT"/s);
    clearInterval(timer);
  });

  it('returns 431 for headers that are too large', async () => {
    await start();
    const response = await send(`GET / HTTP/1.1\r\nHost: x\r\nX-Long: ${'a'.repeat(20_000)}\r\n\r\n`);
    expect(response).toMatch(/^HTTP\/1\.1 431 .*"code":"HEADERS_TOO_LARGE"/s);
  });

  it('closes connections beyond the limit of an IP address, and accepts those of others', async () => {
    await start();
    await openMany(MAX_PER_ADDRESS);
    expect(await request()).toBe('');
    expect(clients.slice(0, MAX_PER_ADDRESS).filter((client) => client.closed)).toEqual([]);
    expect(await request(OTHER_ADDRESS)).toMatch(/^HTTP\/1\.1 200 /);
  });

  it('accepts a connection after another one of its IP address has closed', async () => {
    await start();
    await openMany(MAX_PER_ADDRESS);
    expect(await request()).toBe('');
    clients[0]?.destroy();
    let response = '';
    while (response === '') response = await request();
    expect(response).toMatch(/^HTTP\/1\.1 200 /);
  });

  it('does not limit the connections of a trusted proxy', async () => {
    await start({ trustedProxies: ['127.0.0.0/30'] });
    await openMany(MAX_PER_ADDRESS);
    expect(await request()).toMatch(/^HTTP\/1\.1 200 /);
  });

  it(`serves a client next to ${IDLE_SOCKETS} idle connections`, async () => {
    if (IDLE_SOCKETS < WANTED_IDLE_SOCKETS) {
      console.warn(
        `NOT CHECKED: ${WANTED_IDLE_SOCKETS} idle connections, because this process can open ${maxOpenFiles()} files`,
      );
    }
    // On a busy machine, opening them takes longer than the time that a client has to send its headers.
    const timeouts = { headersTimeout: 10 * 60_000, requestTimeout: 10 * 60_000 };
    await start({ maxPerAddress: 2 * IDLE_SOCKETS, ...timeouts });
    let served = 0;
    for (let count = 0; count < IDLE_SOCKETS; count += BATCH) {
      await openMany(Math.min(BATCH, IDLE_SOCKETS - count));
      if ((await request()).startsWith('HTTP/1.1 200 ')) served += 1;
    }
    expect(served).toBe(Math.ceil(IDLE_SOCKETS / BATCH));
    expect(clients.filter((client) => !client.closed)).toHaveLength(IDLE_SOCKETS);
  });
});

/** The limit of file descriptors of this process. */
function maxOpenFiles(): number {
  const report = process.report.getReport() as unknown as {
    userLimits?: { open_files?: { soft: number | string } };
  };
  const soft = report.userLimits?.open_files?.soft;
  return typeof soft === 'number' ? soft : 20_000;
}
