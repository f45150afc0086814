import type { FastifyInstance } from 'fastify';

/**
 * Lets go of kept-alive connections while the process drains. Closing a server ends those that are idle at that moment;
 * one that was busy would linger after its answer until its keep-alive time is over.
 */
export function drainConnections(fastify: FastifyInstance, draining: AbortSignal): void {
  fastify.addHook('onSend', (_request, reply, _payload, done) => {
    if (draining.aborted) reply.header('connection', 'close');
    done();
  });
  fastify.addHook('onResponse', (_request, _reply, done) => {
    if (draining.aborted) setImmediate(() => fastify.server.closeIdleConnections());
    done();
  });
}
