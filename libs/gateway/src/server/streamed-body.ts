import { CodedError } from '@viernes/contracts';
import type { FastifyInstance } from 'fastify';

/**
 * What is left of a body when its answer is there already, and is still read: a client that is sending hears of a refusal
 * only then. One that would send more loses its connection.
 */
const MOST_LEFT_BYTES = 64 * 1024 * 1024;

/** Leaves the bodies of operations that stream theirs to them, whatever type they are said to have. */
export function passStreamedBodies(fastify: FastifyInstance): void {
  fastify.addHook('onRequest', (request, _reply, done) => {
    // Without a type no parser but the one below gets it.
    if (request.routeOptions.config.operation?.streamsBody) delete request.headers['content-type'];
    done();
  });
  fastify.addContentTypeParser('*', (request, _payload, done) => {
    // What no route wants is left to the answer that says so.
    if (request.is404 || request.routeOptions.config.operation?.streamsBody) done(null, undefined);
    else done(new CodedError('MEDIA_TYPE_UNSUPPORTED'));
  });
  fastify.addHook('onSend', (request, reply, _payload, done) => {
    const { raw } = request;
    if (request.routeOptions.config.operation?.streamsBody && !raw.complete) {
      if (Number(raw.headers['content-length']) <= MOST_LEFT_BYTES) raw.resume();
      else reply.header('connection', 'close');
    }
    done();
  });
}
