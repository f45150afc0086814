import { CodedError } from '@viernes/contracts';
import type { FastifyInstance } from 'fastify';
import '../routes/fastify-augmentation.js';
import { toEntityTag } from './entity-tag.js';
import { routeConfigOf } from '../routes/route-config.js';

/** Rejects requests that would overwrite a change that the client has not read (RFC 6585 section 3). */
export function requirePreconditions(fastify: FastifyInstance): void {
  fastify.addHook('onRequest', (request, _reply, done) => {
    const isMissing = routeConfigOf(request).operation?.requiresIfMatch && request.headers['if-match'] === undefined;
    done(isMissing ? new CodedError('PRECONDITION_REQUIRED') : undefined);
  });
}

/**
 * Adds the entity tag of the body to successful responses of operations that return one. Cached responses have it already.
 * Register it before the hook that compresses.
 */
export function addEntityTags(fastify: FastifyInstance): void {
  fastify.addHook('onSend', (request, reply, payload, done) => {
    const { operation } = routeConfigOf(request);
    if (operation?.returnsEntityTag && !request.codedError && typeof payload === 'string' && !reply.hasHeader('etag')) {
      reply.header('etag', toEntityTag(Buffer.from(payload), 'identity'));
    }
    done();
  });
}
