import { CodedError } from '@viernes/contracts';
import { LATEST, POSITION } from '@viernes/platform';
import type { FastifyInstance } from 'fastify';
import '../routes/fastify-augmentation.js';
import { routeConfigOf } from '../routes/route-config.js';

export const POSITION_HEADER = 'viernes-position';

/**
 * Lets a client read what it has written, although replicas serve reads: a response to a write contains the position of
 * its commit, and the client sends it with its next reads. A request that writes reads all commits, because it can depend
 * on any of them. Register it before the cache, which replaces the position of each request that fills it with LATEST.
 */
export function exchangePositions(fastify: FastifyInstance): void {
  fastify.addHook('onRequest', (request, _reply, done) => {
    const { requestContext, headers } = request;
    const { operation } = routeConfigOf(request);
    if (!operation) return done();
    const position = headers[POSITION_HEADER];
    if (operation.method !== 'GET') {
      requestContext.position = LATEST;
    } else if (operation.acceptsPosition && position !== undefined) {
      if (typeof position !== 'string' || !POSITION.test(position)) return done(new CodedError('POSITION_INVALID'));
      requestContext.position = position;
    }
    done();
  });
  fastify.addHook('onSend', (request, reply, _payload, done) => {
    const { position } = request.requestContext;
    const isWrite = routeConfigOf(request).operation?.returnsPosition;
    if (isWrite && position !== undefined && position !== LATEST) reply.header(POSITION_HEADER, position);
    done();
  });
}
