import type { Socket } from 'node:net';
import type { Shutdown } from '@viernes/platform';
import type { FastifyInstance } from 'fastify';
import type { TrustedProxies } from './trusted-proxies.js';

const CLOSE_IDLE_INTERVAL_MS = 50;

export interface ConnectionPolicy {
  readonly shutdown: Pick<Shutdown, 'draining' | 'signal'>;
  /**
   * After this age, the next response on a connection is its last. 0 disables the limit. Each connection gets up to 10 %
   * more or less, so that clients that connected together do not reconnect together.
   */
  readonly maxAgeMs: number;
  /** Open connections of each IP address. 0 disables the limit. */
  readonly maxPerAddress: number;
  /** Proxies whose connections are not limited. */
  readonly trustedProxies: TrustedProxies;
  /** Trusted proxies send a header of the PROXY protocol on each connection. */
  readonly hasProxyHeaders: boolean;
}

/**
 * Closes keep-alive connections with `connection: close` in a response, the only way that loses no request (RFC 9112
 * section 9.6). Closes them by age, because a connected client would never use a new pod. From SIGTERM on, closes all
 * of them, so that clients have reconnected elsewhere before the process exits.
 *
 * @returns whether the next response on a connection is its last
 */
export function limitConnectionAge(
  fastify: FastifyInstance,
  { shutdown, maxAgeMs }: Pick<ConnectionPolicy, 'shutdown' | 'maxAgeMs'>,
): (socket: Socket) => boolean {
  const expiresAt = new Map<Socket, number>();
  const isLastResponse = (socket: Socket): boolean =>
    shutdown.draining.aborted || performance.now() >= (expiresAt.get(socket) ?? Infinity);
  fastify.server.on('connection', (socket) => {
    const ageMs = maxAgeMs > 0 ? maxAgeMs * (0.9 + Math.random() * 0.2) : Infinity;
    expiresAt.set(socket, performance.now() + ageMs);
    socket.once('close', () => expiresAt.delete(socket));
  });
  // Closing the server closes only the connections that are idle at that moment. A connection whose stream ends later
  // would stay open for its keep-alive time. Browsers open connections in advance: Node does not treat one without a
  // request as idle. Starts after draining, because a client can be sending on a connection that looks idle.
  let timer: NodeJS.Timeout | undefined;
  const closeIdle = (): void => {
    fastify.server.closeIdleConnections();
    for (const socket of expiresAt.keys()) if (socket.bytesRead === 0) socket.destroy();
  };
  const startClosing = (): void => {
    timer = setInterval(closeIdle, CLOSE_IDLE_INTERVAL_MS);
  };
  shutdown.signal.addEventListener('abort', startClosing, { once: true });
  fastify.addHook('onClose', () => clearInterval(timer));
  return isLastResponse;
}
