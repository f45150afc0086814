import { Readable } from 'node:stream';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import '../routes/fastify-augmentation.js';
import { matchesEntityTag } from './entity-tag.js';
import { routeConfigOf } from '../routes/route-config.js';

/** Headers that a response without a body does not have. */
export const CONTENT_HEADERS = ['content-type', 'content-length', 'content-encoding'];

/**
 * Returns 304 for reads of operations with an entity tag if `If-None-Match` lists the tag of the current response
 * (RFC 9110 section 13.1.2). Register it after the hook that compresses, because each encoding has its own tag.
 */
export function handleConditionalReads(fastify: FastifyInstance): void {
  fastify.addHook('onSend', (request, reply, payload, done) => {
    const isRead = request.method === 'GET' || request.method === 'HEAD';
    const etag = reply.getHeader('etag');
    const isCurrent =
      isRead &&
      routeConfigOf(request).operation?.returnsEntityTag &&
      reply.statusCode === 200 &&
      typeof etag === 'string' &&
      matchesEntityTag(request.headers['if-none-match'], etag);
    done(null, isCurrent ? toNotModified(request, reply) : payload);
  });
}

/** Changes a response with an entity tag to 304. @returns its payload */
export function toNotModified(request: FastifyRequest, reply: FastifyReply): Readable | null {
  for (const name of CONTENT_HEADERS) reply.removeHeader(name);
  reply.code(304);
  // Fastify would send a content-length of 0 for HEAD without a body.
  return request.method === 'HEAD' ? Readable.from([]) : null;
}
