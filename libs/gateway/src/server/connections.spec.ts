import { once } from 'node:events';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { setImmediate } from 'node:timers/promises';
import { fastify, type FastifyInstance } from 'fastify';
import { limitConnectionAge } from './connection-age.js';
import { acceptFromSeveralSockets, listen } from './listen.js';

describe('the connections of a server', () => {
  let server: FastifyInstance;
  let draining: AbortController;
  let stopping: AbortController;
  let clients: Socket[];
  let accepted: number;

  beforeEach(() => {
    accepted = 0;
    server = fastify({ forceCloseConnections: 'idle' });
    server.server.on('connection', () => (accepted += 1));
    [draining, stopping, clients] = [new AbortController(), new AbortController(), []];
    limitConnectionAge(server, { shutdown: { draining: draining.signal, signal: stopping.signal }, maxAgeMs: 0 });
    acceptFromSeveralSockets(server);
  });
  afterEach(async () => {
    for (const client of clients) client.destroy();
    stopping.abort();
    await server.close();
  });

  const start = (port = 0): Promise<void> => listen(server, { host: '127.0.0.1', port });
  const getPort = (): number => (server.server.address() as AddressInfo).port;
  const open = async (count = 1): Promise<readonly Socket[]> => {
    const opened = Array.from({ length: count }, () => connect(getPort(), '127.0.0.1'));
    clients.push(...opened);
    await Promise.all(opened.map((client) => once(client, 'connect')));
    return opened;
  };
  const send = (client?: Socket): boolean | undefined => client?.write('GET / HTTP/1.1\r\nhost: test\r\n\r\n');
  const readAll = async (client?: Socket): Promise<string> => {
    let text = '';
    for await (const chunk of client ?? []) text += String(chunk);
    return text;
  };

  it('accepts several connections at a time, so that a busy server lets clients connect', async () => {
    await start();
    await open(160);
    let iterations = 0;
    for (; accepted < 160; iterations += 1) await setImmediate();
    expect(iterations).toBeLessThan(80);
  });

  it('does not share connections with another server on the same port', async () => {
    await start();
    const other = fastify();
    await expect(listen(other, { host: '127.0.0.1', port: getPort() })).rejects.toThrow('EADDRINUSE');
    await other.close();
  });

  it('closes idle connections when the server stops, and others after their response', async () => {
    let finish = (): void => undefined;
    const finished = new Promise<void>((resolve) => (finish = resolve));
    let requests = 0;
    server.get('/', async () => {
      requests += 1;
      await finished;
      return 'complete';
    });
    await start();
    const opened = await open(40);
    const [busy, idle] = [opened.slice(0, 20), opened.slice(20)];
    for (const client of busy) send(client);
    while (requests < busy.length || accepted < opened.length) await setImmediate();
    stopping.abort();
    const closed = server.close();
    expect(await Promise.all(idle.map(readAll))).toEqual(idle.map(() => ''));
    const responses = Promise.all(busy.map(readAll));
    const isClosed = await Promise.race([closed.then(() => true), setImmediate(false)]);
    finish();
    for (const response of await responses) expect(response).toMatch(/^HTTP\/1\.1 200 .*complete$/s);
    await closed;
    expect(isClosed).toBe(false);
  });
});
