import type { Socket } from 'node:net';
import { CodedError } from '@viernes/contracts';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import '../routes/request-fields.js';
import './request-flight.js';
import { selectEncoding } from '../compression/select-encoding.js';
import type { Operation } from '../routes/operation.js';
import { TRACE_HEADER } from '../server/request-contexts.js';
import { countCacheResult } from './cache-metrics.js';
import { requireCacheable } from './cacheable-operation.js';
import type { CachedResponse, Representation } from './cached-response.js';
import { matchesEntityTag } from './entity-tag.js';
import type { Flight } from './flight.js';
import type { ResponseCache } from './response-cache.js';

/** Headers that earlier hooks set for each request. */
const REQUEST_HEADERS = [TRACE_HEADER, 'ratelimit-policy', 'ratelimit'] as const;

/**
 * Serves operations with a cache: from the cache, or from the response that an equal request waits for. Register it after
 * the hooks that count requests and reject them.
 *
 * @param isLastResponse returns whether the connection must close after the response
 */
export function serveFromCache(
  fastify: FastifyInstance,
  cache: ResponseCache,
  isLastResponse: (socket: Socket) => boolean,
): void {
  fastify.decorateRequest('flight', null);
  fastify.addHook('onRoute', ({ config }) => {
    if (config?.operation) requireCacheable(config.operation);
  });

  const send = (request: FastifyRequest, reply: FastifyReply, response: CachedResponse, now: number): void => {
    const encoding = selectEncoding(request.headers['accept-encoding']);
    const representation = response.find(encoding);
    const isLast = isLastResponse(request.raw.socket);
    if (representation) sendRepresentation(request, reply, representation, now - response.storedAt, isLast);
    else {
      reply.hijack();
      response.get(encoding).then(
        (compressed) => sendRepresentation(request, reply, compressed, now - response.storedAt, isLast),
        () => reply.raw.destroy(),
      );
    }
  };

  /** @returns true if the request is served, false if its handler must run */
  const follow = async (request: FastifyRequest, reply: FastifyReply, flight: Flight): Promise<boolean> => {
    const result = await flight.wait(reply.raw, request.requestContext.deadlineAt ?? flight.deadlineAt);
    if (result === 'private') return false;
    if (result === undefined) {
      reply.hijack();
      return true;
    }
    if ('response' in result) {
      send(request, reply, result.response, cache.now());
      return true;
    }
    const { code, details, fieldErrors } = result.error;
    throw new CodedError(code, details, { cause: result.error, fieldErrors });
  };

  fastify.addHook('onRequest', (request, reply, done) => {
    const operation = findCachedOperation(request);
    if (!operation) return done();
    const { operationId } = operation;
    if (request.headers.authorization !== undefined) {
      countCacheResult(operationId, 'bypass');
      return done();
    }
    const cacheKey = cache.keys.find(operation, request);
    if (!cacheKey) return done();
    const now = cache.now();
    const found = cache.find(cacheKey, now);
    if (found && now < found.freshUntil) {
      countCacheResult(operationId, 'hit');
      return send(request, reply, found, now);
    }
    const flight = cache.findFlight(cacheKey, now);
    if (flight && found) {
      countCacheResult(operationId, 'stale');
      return send(request, reply, found, now);
    }
    if (flight) {
      countCacheResult(operationId, 'coalesced');
      follow(request, reply, flight).then(
        (isServed) => (isServed ? undefined : done()),
        (error: Error) => done(error),
      );
      return;
    }
    countCacheResult(operationId, 'miss');
    // The headers of a GET response are those of HEAD, but not the other way around.
    if (request.method === 'GET') {
      request.flight = cache.begin(cacheKey, request.requestContext.deadlineAt ?? Infinity, found);
    }
    done();
  });
}

function findCachedOperation(request: FastifyRequest): Operation | undefined {
  const { operation } = request.routeOptions.config;
  return operation?.cache && operation;
}

function sendRepresentation(
  { raw: { method }, headers: { 'if-none-match': ifNoneMatch } }: FastifyRequest,
  reply: FastifyReply,
  { etag, headers, notModifiedHeaders, body }: Representation,
  ageMs: number,
  isLast: boolean,
): void {
  const isMatch = matchesEntityTag(ifNoneMatch, etag);
  const all = (isMatch ? notModifiedHeaders : headers).slice();
  for (const name of REQUEST_HEADERS) all.push(name, String(reply.getHeader(name)));
  all.push('age', String(Math.floor(ageMs / 1_000)));
  if (isLast) all.push('connection', 'close');
  reply.hijack();
  reply.raw.writeHead(isMatch ? 304 : 200, all);
  if (isMatch || method === 'HEAD') reply.raw.end();
  else reply.raw.end(body);
}
