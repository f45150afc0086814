import type { IncomingMessage } from 'node:http';
import type { FastifyInstance } from 'fastify';

/**
 * Whether Node hands the connection over instead of parsing further requests: only for the handshake of a WebSocket. Other
 * upgrades, such as `h2c` of Java's HTTP client, are ignored, as RFC 9110 section 7.8 allows.
 */
export function isHandshake({ method, headers: { upgrade } }: Pick<IncomingMessage, 'method' | 'headers'>): boolean {
  return method === 'GET' && upgrade?.toLowerCase() === 'websocket';
}

/** Closes the connections of rejected handshakes after the response, because Node does not read another request from them. */
export function closeRejectedHandshakes(fastify: FastifyInstance): void {
  fastify.addHook('onRequest', ({ raw }, reply, done) => {
    if (isHandshake(raw)) reply.raw.shouldKeepAlive = false;
    done();
  });
  fastify.addHook('onResponse', ({ raw }, _reply, done) => {
    if (isHandshake(raw)) raw.socket.destroySoon();
    done();
  });
}
