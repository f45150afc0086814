import type { IncomingMessage } from 'node:http';
import type { FastifyInstance } from 'fastify';
import { answerUnreadable } from '../problems/connection-errors.js';

const BODY_MS = 30_000;

/**
 * Bounds the time that a body takes to arrive, as `requestTimeout` of Node's server would for all requests alike; that one
 * is off, since operations that stream their bodies bound them by themselves. Headers stay Node's business.
 *
 * @param bodyMs from the end of the headers to the last byte
 */
export function boundBodyTime(fastify: FastifyInstance, bodyMs = BODY_MS): void {
  fastify.addHook('onRequest', (request, reply, done) => {
    const { raw } = request;
    if (hasBody(raw) && !request.routeOptions.config.operation?.streamsBody) {
      const late = Object.assign(new Error('the body did not arrive in time'), { code: 'ERR_HTTP_REQUEST_TIMEOUT' });
      const timer = setTimeout(() => {
        // Behind an answer that is out already, another one would be taken for that of the next request.
        if (reply.raw.headersSent) raw.socket.destroy();
        else answerUnreadable(late, raw.socket);
      }, bodyMs);
      for (const event of ['end', 'close']) raw.once(event, () => clearTimeout(timer));
    }
    done();
  });
}

function hasBody({ headers, complete }: IncomingMessage): boolean {
  if (complete) return false;
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
}
