import { CodedError } from '@viernes/contracts';
import { LATEST } from '@viernes/platform';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import '../routes/fastify-augmentation.js';
import './request-flight.js';
import { hasCredentials } from '../auth/session-cookie.js';
import { selectEncoding } from '../compression/select-encoding.js';
import { DEFAULT_TIMEOUT_MS, type Operation } from '../routes/operation.js';
import type { LoadShedding } from '../overload/shed-load.js';
import type { CommonHeaders, PreparedResponse } from '../server/common-headers.js';
import { countCacheResult } from './cache-metrics.js';
import type { CachedResponse, EncodedResponse } from './cached-response.js';
import { matchesEntityTag } from '../preconditions/entity-tag.js';
import type { Flight } from './flight.js';
import type { ResponseCache } from './response-cache.js';
import { routeConfigOf } from '../routes/route-config.js';

/**
 * Serves operations with a cache: from the cache, or with the response to an equal request in flight. Register it after
 * the hooks that check access and rate limits, and before load shedding.
 *
 * @param shedding admits a miss. A request that is served here needs no slot, and one that is passed on gets it later
 */
export function serveFromCache(
  fastify: FastifyInstance,
  cache: ResponseCache,
  commonHeaders: CommonHeaders,
  shedding: Pick<LoadShedding, 'admit' | 'reject'>,
): void {
  fastify.decorateRequest('flight', null);
  fastify.addHook('onRoute', ({ config }) => {
    if (config?.operation) requireCacheable(config.operation);
  });

  const send = (request: FastifyRequest, reply: FastifyReply, response: CachedResponse, now: number): void => {
    const encoding = selectEncoding(request.headers['accept-encoding']);
    const encoded = response.find(encoding);
    const ageMs = now - response.storedAt;
    if (encoded) commonHeaders.send(request, reply, toPrepared(request, encoded, ageMs));
    else {
      reply.hijack();
      response.get(encoding).then(
        (compressed) => commonHeaders.send(request, reply, toPrepared(request, compressed, ageMs)),
        () => reply.raw.destroy(),
      );
    }
  };

  /** @returns true if the request is served or its client has disconnected, false if its handler must run */
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
    if (hasCredentials(request) || request.requestContext.isCanary) {
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
    if (!shedding.admit(request, reply)) {
      if (!found) return shedding.reject(request, reply);
      countCacheResult(operationId, 'stale');
      return send(request, reply, found, now);
    }
    countCacheResult(operationId, 'miss');
    // Other requests can wait for this run, so it has the timeout of the operation, even if this client has sent a
    // shorter one. HEAD runs the handler of GET as well, so that its response has the same headers.
    const deadlineAt = Date.now() + (operation.timeoutMs ?? DEFAULT_TIMEOUT_MS);
    request.flight = cache.begin(cacheKey, deadlineAt, found);
    // A read replica can still return data that an event has invalidated.
    request.requestContext = { ...request.requestContext, deadlineAt, position: LATEST };
    done();
  });
}

function findCachedOperation(request: FastifyRequest): Operation | undefined {
  const { operation } = routeConfigOf(request);
  return operation?.cache && operation;
}

function toPrepared(
  { headers: { 'if-none-match': ifNoneMatch } }: FastifyRequest,
  encoded: EncodedResponse,
  ageMs: number,
): PreparedResponse {
  const { etag, body } = encoded;
  const further = ['age', String(Math.floor(ageMs / 1_000))];
  if (matchesEntityTag(ifNoneMatch, etag)) return { status: 304, headers: encoded.notModifiedHeaders, further };
  return { status: 200, headers: encoded.headers, further, body };
}

/**
 * Rejects a cache for an operation that is not a GET of JSON that anonymous callers can read.
 * @throws Error that names the operation
 */
function requireCacheable(operation: Operation): void {
  if (!operation.cache) return;
  const { operationId, method, auth, role, cookie, body, streamsBody, returnsCredentials, success } = operation;
  const isPublic = method === 'GET' && auth !== 'required' && !role && cookie === undefined && !returnsCredentials;
  const isJson = success.status === 200 && success.schema !== undefined && !body && !streamsBody;
  if (!isPublic || !isJson) throw new Error(`${operationId} cannot have a cache: it is not a public read of JSON`);
}
