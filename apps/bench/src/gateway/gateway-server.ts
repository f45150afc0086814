// The gateway in front of operations that only return a constant response, or wait for a shared upstream.
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  AccessTokenVerifier,
  ApiKeyVerifier,
  Authenticator,
  connectValkey,
  inputOf,
  installGateway,
  JwksCache,
  Plans,
  ResponseCache,
  RevokedSessions,
  serverOptions,
  TrustedProxies,
  UsageCounts,
  UsagePublisher,
  WEB_SOCKET_LIMITS,
} from '@viernes/gateway';
import { addTraceSender, createLogger, Shutdown, startTracing } from '@viernes/platform';
import Fastify from 'fastify';
import pLimit from 'p-limit';
import { receiveStart } from '../baseline/start-message.js';
import { OPERATIONS } from './operations.js';
import { ITEMS, ORIGIN, UPSTREAM_SLOTS, type GatewayStart } from './policies.js';

const CACHE_BYTES = 16 * 1024 * 1024;
/** High enough for each load. Leases have their maximum size, like those of a large plan. */
const LIMIT = 1_000_000_000;
const SECURITY_HEADERS = {
  'content-security-policy': "default-src 'self';img-src 'self' https: data: blob:;object-src 'none';base-uri 'self'",
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'same-origin',
  'strict-transport-security': 'max-age=31536000; includeSubDomains',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
};
/** Discards what it receives. */
const sender = { send: () => Promise.resolve(), close: () => Promise.resolve() };

const { policies, valkeyUrl, jwksJson, upstreamMs } = await receiveStart<GatewayStart>();
const { plan, countsUsage } = policies;
const logger = createLogger('bench-gateway', policies.logsRequests ? 'info' : 'warn');
const fastify = Fastify(serverOptions([]));
if (policies.hasGateway) {
  const valkey = await connectValkey(valkeyUrl, logger);
  startTracing({ service: 'bench-gateway' });
  addTraceSender('bench', () => sender);
  const usage = new UsageCounts();
  if (countsUsage) new UsagePublisher(usage, sender, logger);
  const limits = { rate: LIMIT, burst: LIMIT, keyShare: 1, ...(plan === 'quota' && { callsPerMonth: LIMIT }) };
  installGateway(fastify, {
    logger,
    authenticator: new Authenticator(
      new AccessTokenVerifier(new JwksCache(() => Promise.resolve(jwksJson), logger)),
      new ApiKeyVerifier(fetchApiKey, { check: () => Promise.resolve(), consume: () => Promise.resolve() }),
      new RevokedSessions(valkey, logger),
    ),
    plans:
      plan === 'none'
        ? { consume: () => Promise.resolve([]), consumeAnonymous: () => [] }
        : new Plans(valkey, { anonymous: limits, account: limits }),
    usage: countsUsage ? usage : { record: () => undefined },
    connections: {
      shutdown: new Shutdown(),
      maxAgeMs: 0,
      maxPerAddress: 0,
      trustedProxies: new TrustedProxies([]),
      hasProxyHeaders: false,
    },
    webSockets: WEB_SOCKET_LIMITS,
    headers: policies.hasSecurityHeaders ? SECURITY_HEADERS : {},
    corsOrigins: policies.allowsOrigin ? [ORIGIN] : [],
    cache: policies.hasCache ? new ResponseCache({ maxBytes: CACHE_BYTES }) : undefined,
    canary: policies.hasCanary ? { percent: 5, acceptsHeader: true } : undefined,
    traceRatio: policies.traceRatio,
  });
}

const upstream = pLimit(UPSTREAM_SLOTS);
for (const operation of OPERATIONS) {
  fastify.route({
    method: operation.method,
    url: operation.path,
    config: { operation },
    handler: async (request) => {
      if (operation.query ?? operation.body) inputOf(operation, request);
      if (upstreamMs > 0) await upstream(() => sleep(upstreamMs));
      return ITEMS;
    },
  });
}
process.send?.(Number(new URL(await fastify.listen({ port: 0, host: '127.0.0.1' })).port));

/** Accepts every secret, and returns a separate account for each. */
async function fetchApiKey() {
  const caller = {
    accountId: randomUUID(),
    sessionId: randomUUID(),
    role: 'viewer' as const,
    scopes: new Set<never>(),
  };
  return { caller, expiresAtMs: Date.now() + 3_600_000 };
}
