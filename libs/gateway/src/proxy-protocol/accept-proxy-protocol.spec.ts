import { once } from 'node:events';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { setImmediate } from 'node:timers/promises';
import { createLogger } from '@viernes/platform';
import { fastify, type FastifyInstance } from 'fastify';
import { limitConnectionsPerAddress } from '../server/connection-limit.js';
import { acceptFromSeveralSockets, listen } from '../server/listen.js';
import { serverOptions } from '../server/server-options.js';
import { TrustedProxies } from '../server/trusted-proxies.js';
import { acceptProxyProtocol } from './accept-proxy-protocol.js';
import { binaryHeader, LOCAL, sslField, TCP4, TCP6 } from './testing/binary-header.js';

const PROXY_ADDRESS = '127.0.0.1';
const OTHER_ADDRESS = '127.0.0.2';
const LINE = 'PROXY TCP4 192.0.2.7 198.51.100.1 56324 443\r\n';
const ADDRESSES = Buffer.from([192, 0, 2, 7, 198, 51, 100, 1, 0xdc, 0x04, 0x01, 0xbb]);
const request = (headers = ''): string => `GET / HTTP/1.1\r\nhost: test\r\n${headers}\r\n`;
const LAST_REQUEST = request('connection: close\r\n');

describe('a server that reads PROXY protocol headers', () => {
  let server: FastifyInstance;
  let clients: Socket[];

  const start = async (timeoutMs?: number): Promise<void> => {
    const proxies = [PROXY_ADDRESS, '192.0.2.99'];
    server = fastify({ ...serverOptions(proxies), logger: false });
    limitConnectionsPerAddress(server.server, 2, new TrustedProxies(proxies));
    acceptFromSeveralSockets(server);
    server.post('/', ({ ip, body }) => `${ip} ${String(body)}`);
    server.get('/', ({ ip, protocol, socket }) => `${protocol} ${ip} ${socket.remotePort}`);
    const logger = createLogger('edge', 'fatal');
    const closePending = acceptProxyProtocol(server.server, logger, new TrustedProxies(proxies), timeoutMs);
    server.addHook('preClose', (done) => {
      closePending();
      done();
    });
    await listen(server, { host: '127.0.0.1', port: 0 });
  };
  beforeEach(() => {
    clients = [];
  });
  afterEach(async () => {
    for (const client of clients) client.destroy();
    await server.close();
  });

  const open = async (localAddress = PROXY_ADDRESS): Promise<Socket> => {
    const { port } = server.server.address() as AddressInfo;
    const client = connect({ port, host: '127.0.0.1', localAddress, noDelay: true });
    clients.push(client);
    // The server can close a connection with a reset.
    client.on('error', () => undefined);
    await once(client, 'connect');
    return client;
  };
  const waitForClose = (client: Socket) => new Promise((resolve) => client.once('close', resolve));
  /** Returns everything that the server sends until it closes the connection. */
  const readAll = async (client: Socket): Promise<string> => {
    let text = '';
    client.on('data', (chunk: Buffer) => (text += chunk.toString()));
    if (!client.closed) await waitForClose(client);
    return text;
  };
  const send = async (bytes: string | Buffer, localAddress?: string): Promise<string> => {
    const client = await open(localAddress);
    client.write(bytes);
    return readAll(client);
  };

  it('serves requests for the client of a header, in the same packet or in a later one', async () => {
    await start();
    expect(await send(LINE + LAST_REQUEST)).toMatch(/^HTTP\/1\.1 200 .*http 192\.0\.2\.7 56324$/s);
    const client = await open();
    client.write(LINE);
    await setImmediate();
    client.write(LAST_REQUEST);
    expect(await readAll(client)).toMatch(/^HTTP\/1\.1 200 .*http 192\.0\.2\.7 56324$/s);
  });

  it('serves all requests of a connection, with and without bodies, for its client', async () => {
    await start();
    const body = 'x'.repeat(10_000);
    const post = `POST / HTTP/1.1\r\nhost: test\r\ncontent-type: text/plain\r\ncontent-length: ${body.length}\r\n\r\n`;
    const text = await send(LINE + request() + post + body + LAST_REQUEST);
    expect(text.match(/HTTP\/1\.1 200/g)).toHaveLength(3);
    expect(text).toContain(`192.0.2.7 ${body}`);
  });

  it('accepts a header of each version that arrives byte by byte', async () => {
    await start();
    for (const header of [Buffer.from(LINE), binaryHeader(TCP4, Buffer.concat([ADDRESSES, sslField(1)]))]) {
      const client = await open();
      for (const byte of header) {
        client.write(Buffer.from([byte]));
        await setImmediate();
      }
      client.write(LAST_REQUEST);
      expect(await readAll(client)).toMatch(/192\.0\.2\.7 56324$/);
    }
  });

  it('serves clients with IPv6 addresses, and with TLS that the proxy terminated', async () => {
    await start();
    const addresses = Buffer.from(`20010db8${'00'.repeat(11)}07${'00'.repeat(16)}dc0401bb`, 'hex');
    const header = binaryHeader(TCP6, Buffer.concat([addresses, sslField(1)]));
    expect(await send(Buffer.concat([header, Buffer.from(LAST_REQUEST)]))).toMatch(/https 2001:db8::7 56324$/);
  });

  it('serves health checks of the proxy for its own address', async () => {
    await start();
    const local = Buffer.concat([binaryHeader(0, Buffer.alloc(0), LOCAL), Buffer.from(LAST_REQUEST)]);
    expect(await send(local)).toMatch(/http 127\.0\.0\.1 \d+$/);
    expect(await send(`PROXY UNKNOWN\r\n${LAST_REQUEST}`)).toMatch(/http 127\.0\.0\.1 \d+$/);
  });

  it('trusts X-Forwarded-For only from a client that is a trusted proxy itself', async () => {
    await start();
    const forwarded = request('x-forwarded-for: 203.0.113.9\r\nconnection: close\r\n');
    expect(await send(LINE + forwarded)).toMatch(/ 192\.0\.2\.7 56324$/);
    expect(await send(LINE.replace('192.0.2.7', '192.0.2.99') + forwarded)).toMatch(/ 203\.0\.113\.9 56324$/);
  });

  it('limits the connections of each client, not of the proxy', async () => {
    await start();
    const [first, second] = [await open(), await open()];
    for (const client of [first, second]) {
      client.write(LINE + request());
      await once(client, 'data');
    }
    expect(await send(LINE + LAST_REQUEST)).toBe('');
    expect(await send(LINE.replace('192.0.2.7', '192.0.2.8') + LAST_REQUEST)).toMatch(/192\.0\.2\.8 56324$/);
  });

  it('closes connections of a proxy without a valid header, without a response', async () => {
    await start();
    for (const bytes of [LAST_REQUEST, 'PROXY TCP4 nonsense\r\n', binaryHeader(TCP4, ADDRESSES, 0x11)])
      expect(await send(bytes)).toBe('');
    const client = await open();
    client.end('PROXY TCP4 192.0.2.7');
    expect(await readAll(client)).toBe('');
  });

  it('closes connections of a proxy whose header takes too long', async () => {
    await start(50);
    expect(await send('PROXY TCP4 192.0.2.7')).toBe('');
    expect(await send('')).toBe('');
  });

  it('serves other addresses without a header, and rejects a header from them', async () => {
    await start();
    expect(await send(LAST_REQUEST, OTHER_ADDRESS)).toMatch(/http 127\.0\.0\.2 \d+$/);
    expect(await send(LINE + LAST_REQUEST, OTHER_ADDRESS)).toMatch(/^HTTP\/1\.1 400 /);
  });

  it('stops while a proxy has not completed its header', async () => {
    await start();
    const client = await open();
    client.write('PROXY TCP4');
    await setImmediate();
    const closed = waitForClose(client);
    await server.close();
    await closed;
  });
});
