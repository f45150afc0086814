import { Socket, type Server } from 'node:net';
import type { Logger } from '@viernes/platform';
import { Counter } from 'prom-client';
import type { TrustedProxies } from '../server/trusted-proxies.js';
import { parseProxyHeader } from './parse-proxy-header.js';
import { InvalidProxyHeaderError, type ProxyHeader } from './proxy-header.js';

/** A proxy sends the header immediately after it has connected. */
const HEADER_TIMEOUT_MS = 5_000;

const rejectedTotal = new Counter({
  name: 'http_proxy_headers_rejected_total',
  help: 'Connections of trusted proxies that were closed because their PROXY protocol header was invalid or too slow',
});

/**
 * Reads the PROXY protocol header of each connection from a trusted proxy, before any listener of the server receives
 * the connection, so that they see the address of the client. A trusted proxy must send the header: without it, the
 * address of the proxy would count as that of the client. Connections of other clients are not changed, so a header
 * that they send is an invalid HTTP request. Call it after all listeners for connections have been added.
 *
 * @returns a function that closes the connections whose header has not arrived. The server does not know them when it closes
 */
export function acceptProxyProtocol(
  server: Server,
  logger: Logger,
  proxies: TrustedProxies,
  timeoutMs = HEADER_TIMEOUT_MS,
): () => void {
  const listeners = server.listeners('connection');
  server.removeAllListeners('connection');
  const accept = (socket: Socket): void => {
    for (const listener of listeners) listener.call(server, socket);
  };
  const pending = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    if (!proxies.has(socket.remoteAddress)) return accept(socket);
    pending.add(socket);
    const { remoteAddress } = socket;
    readHeader(socket, timeoutMs)
      .then(
        (header) => {
          if (!header) return;
          applyHeader(socket, header);
          accept(socket);
          socket.resume();
        },
        (error: unknown) => {
          rejectedTotal.inc();
          logger.warn({ err: error, remoteAddress }, 'PROXY protocol header rejected');
          socket.destroy();
        },
      )
      .finally(() => pending.delete(socket))
      .catch((error: unknown) => logger.error({ err: error }, 'connection not accepted'));
  });
  return () => {
    for (const socket of pending) socket.destroy();
  };
}

/**
 * Returns the header, and leaves the bytes after it in the paused socket. Undefined if the connection was closed before.
 *
 * @throws InvalidProxyHeaderError
 */
function readHeader(socket: Socket, timeoutMs: number): Promise<ProxyHeader | undefined> {
  return new Promise((resolve, reject) => {
    let bytes = Buffer.alloc(0);
    const finish = (result: ProxyHeader | Error | undefined): void => {
      clearTimeout(timer);
      socket.off('data', onData).off('end', onEnd).off('close', onEnd).off('error', onEnd);
      // An error after this has no listener until the server has accepted the socket, which happens in the next microtask.
      if (result instanceof Error) reject(result);
      else resolve(result);
    };
    const onData = (chunk: Buffer): void => {
      bytes = Buffer.concat([bytes, chunk]);
      try {
        const header = parseProxyHeader(bytes);
        if (!header) return;
        socket.pause();
        finish(header);
        const rest = bytes.subarray(header.lengthBytes);
        if (rest.length > 0) socket.unshift(rest);
      } catch (error) {
        finish(error as Error);
      }
    };
    const onEnd = (): void => {
      socket.destroy();
      if (bytes.length === 0) finish(undefined);
      else finish(new InvalidProxyHeaderError('closed within the header'));
    };
    const timer = setTimeout(() => finish(new InvalidProxyHeaderError('not complete in time')), timeoutMs);
    socket.on('data', onData).once('end', onEnd).once('close', onEnd).once('error', onEnd);
  });
}

/** Makes the socket report the client of the proxy. Everything that identifies clients reads these properties. */
function applyHeader(socket: Socket, { lengthBytes, client, isEncrypted }: ProxyHeader): void {
  // Other code regards a connection without read bytes as unused. A PROXY protocol header does not count as use.
  const get = (): number => Number(Reflect.get(Socket.prototype, 'bytesRead', socket)) - lengthBytes;
  Object.defineProperty(socket, 'bytesRead', { get });
  if (isEncrypted) Object.defineProperty(socket, 'encrypted', { value: true });
  if (!client) return;
  Object.defineProperty(socket, 'remoteAddress', { value: client.address });
  Object.defineProperty(socket, 'remotePort', { value: client.port });
  Object.defineProperty(socket, 'remoteFamily', { value: client.family });
}
