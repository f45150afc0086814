import type { Readable } from 'node:stream';
import { isTransient } from '@viernes/contracts';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import '../routes/fastify-augmentation.js';
import './request-flight.js';
import { selectEncoding } from '../compression/select-encoding.js';
import { countCacheResult } from './cache-metrics.js';
import { CachedResponse } from './cached-response.js';
import { matchesEntityTag } from '../preconditions/entity-tag.js';
import { toNotModified } from '../preconditions/not-modified.js';
import type { Flight } from './flight.js';
import type { ResponseCache } from './response-cache.js';
import type { PreparedHeaders } from '../server/prepared-headers.js';
import { routeConfigOf } from '../routes/route-config.js';

/**
 * Stores the responses of handler runs that serveFromCache started. Register it before the hook that compresses: this one
 * compresses each stored response once.
 *
 * @param headers sent with every response
 */
export function storeResponses(fastify: FastifyInstance, cache: ResponseCache, headers: PreparedHeaders): void {
  fastify.addHook('onSend', async (request, reply, payload) => {
    const { flight } = request;
    if (!flight) return payload;
    const response = complete(flight, request, reply, payload);
    return response ? await sendStored(request, reply, response, cache.now()) : payload;
  });

  const complete = (
    flight: Flight,
    request: FastifyRequest,
    reply: FastifyReply,
    payload: unknown,
  ): CachedResponse | undefined => {
    const { operation } = routeConfigOf(request);
    const error = request.codedError;
    if (error && flight.stale && !flight.isOutdated && isTransient(error)) {
      cache.keepStale(flight, flight.stale);
      countCacheResult(operation?.operationId ?? '', 'stale');
      return flight.stale;
    }
    if (!error && operation?.cache && isShareable(flight, reply) && typeof payload === 'string') {
      const contentType = String(reply.getHeader('content-type'));
      const response = new CachedResponse(Buffer.from(payload), contentType, operation.cache, headers, cache.now());
      cache.complete(flight, response);
      return response;
    }
    cache.finish(flight);
    flight.complete(error ? { error } : 'private');
    return undefined;
  };
}

/** Prevents a response from being stored or shared: it is incomplete, or only for its client. */
export function preventCaching(reply: FastifyReply): void {
  const { flight } = reply.request;
  if (flight) flight.isPrivate = true;
}

function isShareable({ isPrivate }: Flight, reply: FastifyReply): boolean {
  return !isPrivate && reply.statusCode === 200 && !reply.hasHeader('set-cookie');
}

/** The response of a handler run has the same headers as those that are served from the cache. */
async function sendStored(
  request: FastifyRequest,
  reply: FastifyReply,
  response: CachedResponse,
  now: number,
): Promise<Buffer | Readable | null> {
  const { body, etag, fields } = await response.get(selectEncoding(request.headers['accept-encoding']));
  // Removes headers of the error that the stale response replaces.
  reply
    .removeHeader('retry-after')
    .removeHeader('content-language')
    .headers({ ...fields, age: Math.floor((now - response.storedAt) / 1_000) });
  if (!matchesEntityTag(request.headers['if-none-match'], etag)) {
    reply.code(200);
    return body;
  }
  return toNotModified(request, reply);
}
