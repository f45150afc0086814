import type { IncomingMessage } from 'node:http';
import type { FastifyInstance } from 'fastify';
import { handleClientError } from '../problems/connection-errors.js';
import { routeConfigOf } from '../routes/route-config.js';

const MAX_BODY_DURATION_MS = 30_000;

/**
 * Limits the time in which a body must arrive. Replaces `requestTimeout` of Node's server, which would also apply to
 * operations that stream their body and limit it themselves. Node still limits the time for headers.
 *
 * @param maxDurationMs from the end of the headers to the last byte
 */
export function limitBodyDuration(fastify: FastifyInstance, maxDurationMs = MAX_BODY_DURATION_MS): void {
  fastify.addHook('onRequest', (request, reply, done) => {
    const { raw } = request;
    if (hasBody(raw) && !routeConfigOf(request).operation?.streamsBody) {
      const error = Object.assign(new Error('the body did not arrive in time'), { code: 'ERR_HTTP_REQUEST_TIMEOUT' });
      const timer = setTimeout(() => {
        // After a sent response, the client would read a second one as the response to its next request.
        if (reply.raw.headersSent) raw.socket.destroy();
        else handleClientError(error, raw.socket);
      }, maxDurationMs);
      for (const event of ['end', 'close']) raw.once(event, () => clearTimeout(timer));
    }
    done();
  });
}

function hasBody({ headers, complete }: IncomingMessage): boolean {
  if (complete) return false;
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
}
