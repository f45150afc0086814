import type { Socket } from 'node:net';
import type { Shutdown } from '@viernes/platform';
import type { FastifyInstance } from 'fastify';

const CLOSE_IDLE_EVERY_MS = 50;

export interface ConnectionLife {
  readonly shutdown: Pick<Shutdown, 'draining' | 'signal'>;
  /**
   * An answer on a connection older than this is its last; 0 for no bound. Each connection gets 10 % more or less, so that
   * clients which came together do not come back together.
   */
  readonly maxAgeMs: number;
}

/**
 * Ends kept-alive connections the one way that loses no request: by `connection: close` in an answer (RFC 9112 section 9.6).
 * By age, since a client keeps to the pod that it is connected to and would not notice that there are more; and from
 * SIGTERM on, so that by the time the process closes its clients have gone elsewhere.
 */
export function renewConnections(fastify: FastifyInstance, { shutdown, maxAgeMs }: ConnectionLife): void {
  const lastAnswerAt = new WeakMap<Socket, number>();
  const isOld = (socket: Socket): boolean => performance.now() >= (lastAnswerAt.get(socket) ?? Infinity);
  if (maxAgeMs > 0) {
    fastify.server.on('connection', (socket) => {
      lastAnswerAt.set(socket, performance.now() + maxAgeMs * (0.9 + Math.random() * 0.2));
    });
  }
  fastify.addHook('onSend', (request, reply, _payload, done) => {
    if (shutdown.draining.aborted || isOld(request.raw.socket)) reply.header('connection', 'close');
    done();
  });
  // Closing the server ends connections that are idle at that moment; one on which a stream ends later would linger until
  // its keep-alive time is over. Not while draining: a client may just be sending on one that looks idle.
  const closeIdle = (): void => {
    const timer = setInterval(() => fastify.server.closeIdleConnections(), CLOSE_IDLE_EVERY_MS);
    fastify.server.once('close', () => clearInterval(timer));
  };
  shutdown.signal.addEventListener('abort', closeIdle, { once: true });
}
