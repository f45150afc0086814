import type { Socket } from 'node:net';
import type { Shutdown } from '@viernes/platform';
import type { FastifyInstance } from 'fastify';

const CLOSE_IDLE_INTERVAL_MS = 50;

export interface ConnectionPolicy {
  readonly shutdown: Pick<Shutdown, 'draining' | 'signal'>;
  /**
   * After this age, the next response on a connection is its last. 0 disables the limit. Each connection gets 10 % more or
   * less, so that clients that connected together do not reconnect together.
   */
  readonly maxAgeMs: number;
}

/**
 * Closes keep-alive connections with `connection: close` in a response, the only way that loses no request (RFC 9112 section
 * 9.6). By age, because a connected client would never use a new pod. And from SIGTERM on, so that clients have reconnected
 * elsewhere before the process exits.
 *
 * @returns whether the next response on a connection is its last
 */
export function limitConnectionAge(
  fastify: FastifyInstance,
  { shutdown, maxAgeMs }: ConnectionPolicy,
): (socket: Socket) => boolean {
  const expiresAt = new WeakMap<Socket, number>();
  const isLastResponse = (socket: Socket): boolean =>
    shutdown.draining.aborted || performance.now() >= (expiresAt.get(socket) ?? Infinity);
  if (maxAgeMs > 0) {
    fastify.server.on('connection', (socket) => {
      expiresAt.set(socket, performance.now() + maxAgeMs * (0.9 + Math.random() * 0.2));
    });
  }
  // Closing the server closes the connections that are idle at that moment. One whose stream ends later would stay open for
  // its keep-alive time. Not while draining, because a client can be sending on a connection that looks idle.
  const closeIdle = (): void => {
    const timer = setInterval(() => fastify.server.closeIdleConnections(), CLOSE_IDLE_INTERVAL_MS);
    fastify.server.once('close', () => clearInterval(timer));
  };
  shutdown.signal.addEventListener('abort', closeIdle, { once: true });
  return isLastResponse;
}
