import { CodedError } from '@viernes/contracts';
import type { FastifyInstance } from 'fastify';
import { routeConfigOf } from '../routes/route-config.js';

/**
 * After an early response, a body of up to this size is still read, because many clients read the response only after
 * they have sent the body. If the body is larger, the connection is closed instead.
 */
const MAX_DISCARDED_BYTES = 64 * 1024 * 1024;

/** Passes the raw request body to the handler of an operation with `streamsBody`, whatever its content type. */
export function acceptStreamedBodies(fastify: FastifyInstance): void {
  fastify.addHook('onRequest', (request, _reply, done) => {
    // Without a content type, only the parser below receives the body.
    if (routeConfigOf(request).operation?.streamsBody) delete request.headers['content-type'];
    done();
  });
  fastify.addContentTypeParser('*', (request, _payload, done) => {
    // An unknown route returns 404, whatever the content type.
    if (request.is404 || routeConfigOf(request).operation?.streamsBody) done(null, undefined);
    else done(new CodedError('MEDIA_TYPE_UNSUPPORTED'));
  });
  fastify.addHook('onSend', (request, reply, _payload, done) => {
    const { raw } = request;
    if (routeConfigOf(request).operation?.streamsBody && !raw.complete) {
      if (Number(raw.headers['content-length']) <= MAX_DISCARDED_BYTES) raw.resume();
      else reply.header('connection', 'close');
    }
    done();
  });
}
