import { CodedError } from '@viernes/contracts';
import { hasRole, runInContext, TraceSampling, type Logger } from '@viernes/platform';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Authenticator } from './auth/authenticator.js';
import { hasCredentials } from './auth/session-cookie.js';
import type { ResponseCache } from './cache/response-cache.js';
import { selectCanaries, type CanaryPolicy } from './canary/canary.js';
import { serveFromCache } from './cache/serve-from-cache.js';
import { storeResponses } from './cache/store-responses.js';
import { compressResponses } from './compression/compressed-responses.js';
import { selectFields } from './routes/select-fields.js';
import { negotiateFormat } from './formats/negotiate-format.js';
import { acceptIdempotencyKeys } from './idempotency/idempotency-keys.js';
import { addressKey } from './limits/address-key.js';
import type { Decision } from './plans/leased-budgets.js';
import { requireAdmission, type Plans } from './plans/plans.js';
import { countsInQuota, type Operation } from './routes/operation.js';
import { acceptProxyProtocol } from './proxy-protocol/accept-proxy-protocol.js';
import { handleConditionalReads } from './preconditions/not-modified.js';
import { addEntityTags, requirePreconditions } from './preconditions/preconditions.js';
import { LoadShedding } from './overload/shed-load.js';
import { exchangePositions } from './position/positions.js';
import { CrossOrigin } from './cors/cross-origin.js';
import { requireDeclaredRoutes } from './routes/declared-routes.js';
import { limitBodyDuration } from './server/body-duration.js';
import { limitConnectionsPerAddress } from './server/connection-limit.js';
import { checkRequestTargets } from './server/request-target.js';
import { limitConnectionAge, type ConnectionPolicy } from './server/connection-age.js';
import { CommonHeaders } from './server/common-headers.js';
import { acceptFromSeveralSockets } from './server/listen.js';
import { parseBodies } from './server/request-body.js';
import { createRequestContexts, enterRequestContexts } from './server/request-contexts.js';
import { recordRequests } from './server/request-log.js';
import { acceptStreamedBodies } from './server/streamed-body.js';
import { closeRejectedHandshakes } from './server/upgrade.js';
import { countUsage } from './usage/count-usage.js';
import type { UsageCounts } from './usage/usage-counts.js';
import { observeDeprecatedOperations } from './versions/deprecated-operations.js';
import { acceptWebSockets } from './web-socket/accept-web-sockets.js';
import type { WebSocketLimits } from './web-socket/web-socket-limits.js';
import { WebSockets } from './web-socket/web-sockets.js';
import { routeConfigOf } from './routes/route-config.js';

export interface GatewayOptions {
  readonly logger: Logger;
  readonly authenticator: Authenticator;
  /** Budgets that count every operation, per account and API key if the caller is known, otherwise per IP address. */
  readonly plans: Pick<Plans, 'consume' | 'consumeAnonymous'>;
  /** Counts each call, for reports. */
  readonly usage: Pick<UsageCounts, 'record'>;
  readonly connections: ConnectionPolicy;
  readonly webSockets: WebSocketLimits;
  /** Sent with every response: the security headers. */
  readonly headers: Readonly<Record<string, string>>;
  /** Other origins whose scripts can read responses. */
  readonly corsOrigins: readonly string[];
  /** Undefined disables the cache and the coalescing of requests. */
  readonly cache: ResponseCache | undefined;
  /** Undefined if no service has a canary. */
  readonly canary: CanaryPolicy | undefined;
  /** Fraction of the traces that are recorded, 0 to 1. */
  readonly traceRatio: number;
}

/**
 * Applies the policies to every route that is registered later, in this order: count the call, create the request context,
 * reject unknown methods, reject requests with a token if their operation is overloaded, identify the caller, count the
 * request, check the scope and the role, check the handshake of a WebSocket, check the position and the idempotency key,
 * select the backend, serve from the cache, reject other requests if their operation is overloaded, select the format of the
 * response. The body is read afterwards.
 */
export function installGateway(
  fastify: FastifyInstance,
  {
    logger,
    authenticator,
    plans,
    usage,
    connections,
    webSockets,
    headers,
    corsOrigins,
    cache,
    canary,
    traceRatio,
  }: GatewayOptions,
): void {
  limitConnectionsPerAddress(fastify.server, connections.maxPerAddress, connections.trustedProxies);
  countUsage(fastify, usage);
  closeRejectedHandshakes(fastify);
  const sampling = new TraceSampling(traceRatio);
  createRequestContexts(fastify, sampling);
  const recordHandshake = recordRequests(fastify, logger, sampling);
  observeDeprecatedOperations(fastify, logger);
  const crossOrigin = corsOrigins.length > 0 ? new CrossOrigin(corsOrigins) : undefined;
  const commonHeaders = new CommonHeaders(
    headers,
    limitConnectionAge(fastify, connections),
    crossOrigin && ((request) => crossOrigin.headersOf(request)),
  );
  // After limitConnectionAge: Fastify runs `onClose` hooks in reverse order, so limitConnectionAge closes idle connections
  // until the connections of these sockets have ended.
  acceptFromSeveralSockets(fastify);
  commonHeaders.install(fastify);
  if (cache) storeResponses(fastify, cache, commonHeaders.fixed);
  addEntityTags(fastify);
  compressResponses(fastify);
  handleConditionalReads(fastify);
  crossOrigin?.install(fastify);
  limitBodyDuration(fastify);
  checkRequestTargets(fastify);
  requireDeclaredRoutes(fastify, crossOrigin && ((...options) => crossOrigin.addPreflight(...options)));
  selectFields(fastify);
  parseBodies(fastify);
  acceptStreamedBodies(fastify);
  const shedding = new LoadShedding(commonHeaders);
  // Verifying a token costs more than a rejection. Anonymous requests can still be served without an upstream call.
  shedding.install(fastify, hasCredentials);
  checkAccess(fastify, authenticator, plans);
  const sockets = new WebSockets(webSockets, authenticator, logger);
  acceptWebSockets(fastify, sockets, connections, commonHeaders, recordHandshake);
  exchangePositions(fastify);
  acceptIdempotencyKeys(fastify);
  if (canary) selectCanaries(fastify, canary, cache !== undefined);
  if (cache) serveFromCache(fastify, cache, commonHeaders, shedding);
  shedding.install(fastify);
  negotiateFormat(fastify);
  requirePreconditions(fastify);
  enterRequestContexts(fastify);
  if (connections.hasProxyHeaders) {
    const closePending = acceptProxyProtocol(fastify.server, logger, connections.trustedProxies);
    fastify.addHook('preClose', (done) => {
      closePending();
      done();
    });
  }
}

function checkAccess(
  fastify: FastifyInstance,
  authenticator: Authenticator,
  plans: Pick<Plans, 'consume' | 'consumeAnonymous'>,
): void {
  const admit = (request: FastifyRequest, decisions: readonly Decision[]): void => {
    request.planDecisions = decisions;
    requireAdmission(decisions);
  };
  const countAnonymous = (request: FastifyRequest, operation: Operation): Promise<void> | undefined => {
    const decisions = plans.consumeAnonymous(addressKey(request.ip), countsInQuota(operation));
    if (decisions instanceof Promise) return decisions.then((decided) => admit(request, decided));
    admit(request, decisions);
    return undefined;
  };
  const checkCaller = async (request: FastifyRequest, operation: Operation): Promise<void> => {
    const caller = await authenticator.identify(request, operation.auth).catch(async (error: unknown) => {
      await countAnonymous(request, operation);
      throw error;
    });
    if (caller) {
      const { tokenLifeSeconds: _, scopes: _scopes, plan: _plan, apiKeyId: _apiKeyId, ...identity } = caller;
      request.caller = caller;
      request.isBodyPending = operation.body !== undefined && !request.raw.complete;
      request.requestContext = { ...request.requestContext, ...identity };
      admit(request, await plans.consume(caller, countsInQuota(operation)));
    } else await countAnonymous(request, operation);
    const { scope = 'none' } = operation;
    if (caller?.scopes && scope !== 'any' && !caller.scopes.has(scope))
      throw new CodedError('SCOPE_MISSING', { needs: scope });
    if (operation.role && !hasRole(caller?.role, operation.role))
      throw new CodedError('FORBIDDEN', { needs: operation.role });
  };
  fastify.addHook('onRequest', (request, _reply, done) => {
    const { operation } = routeConfigOf(request);
    if (!operation) return done();
    // Most requests are anonymous and counted locally. They need no promise.
    const checked = isAnonymous(request, operation)
      ? countAnonymous(request, operation)
      : runInContext(request.requestContext, () => checkCaller(request, operation));
    if (checked) checked.then(() => done(), done);
    else done();
  });
  // A client can delay its body until its session has ended.
  fastify.addHook('preHandler', ({ caller, isBodyPending }, _reply, done) => {
    if (!caller || !isBodyPending) return done();
    authenticator.requireNotRevoked(caller).then(() => done(), done);
  });
}

function isAnonymous(request: FastifyRequest, { auth }: Operation): boolean {
  return auth === 'none' || (auth === 'optional' && !hasCredentials(request));
}
