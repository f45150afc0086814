import { once } from 'node:events';
import { createServer, type AddressInfo, type ListenOptions, type Server, type Socket } from 'node:net';
import type { FastifyInstance } from 'fastify';

/**
 * libuv accepts one connection of each listening socket per iteration of the event loop. Under overload, an iteration takes
 * tens of milliseconds, and with one socket, clients would wait for seconds for their connection instead of receiving 503.
 */
const SOCKETS = 16;

/** Only Linux distributes the connections of a port over its sockets. */
const CAN_SHARE_PORT = process.platform === 'linux';

interface Listener {
  listen(options: ListenOptions): Promise<unknown>;
}

/**
 * Listens on a port that the sockets of acceptFromSeveralSockets can share.
 *
 * @throws Error EADDRINUSE
 */
export async function listen(app: Listener, { host, port }: { readonly host: string; readonly port: number }) {
  // With reusePort, listening would also succeed on a port of another process of the same user. So the port is first
  // opened without it, which fails if the port is in use.
  if (CAN_SHARE_PORT && port !== 0) await close(await open({ host, port }));
  await app.listen({ host, port, reusePort: CAN_SHARE_PORT });
}

/**
 * Adds further sockets to the one that `listen` opens, and closes them with it. Their connections are connections of the
 * server. If a socket cannot be opened, the others accept its share.
 */
export function acceptFromSeveralSockets(fastify: FastifyInstance): void {
  const sockets: Server[] = [];
  let opening: Promise<unknown> | undefined;
  let closing: Promise<unknown> | undefined;
  const add = async (options: ListenOptions): Promise<void> => {
    sockets.push(await open(options, (connection) => void fastify.server.emit('connection', connection)));
  };
  fastify.addHook('onListen', async () => {
    if (!CAN_SHARE_PORT) return;
    const { address: host, port } = fastify.server.address() as AddressInfo;
    opening = Promise.allSettled(Array.from({ length: SOCKETS - 1 }, () => add({ host, port, reusePort: true })));
    await opening;
  });
  fastify.addHook('preClose', async () => {
    await opening;
    closing = Promise.all(sockets.map(close));
  });
  // Fastify waits only for the connections of its socket.
  fastify.addHook('onClose', async () => {
    await closing;
  });
}

async function open(options: ListenOptions, onConnection?: (connection: Socket) => void): Promise<Server> {
  // The same options as Node's HTTP server.
  const server = createServer({ allowHalfOpen: true, noDelay: true }, onConnection).listen(options);
  await once(server, 'listening');
  return server;
}

/** Resolves when all connections have ended. */
function close(server: Server): Promise<void> {
  return new Promise((resolve) => server.close(() => resolve()));
}
