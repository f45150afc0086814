import type { RequestOptions } from '../load/http-connection.js';
import { createApiKeys } from './credentials.js';
import { ALL_POLICIES, ITEMS, ORIGIN, type GatewayPolicies } from './policies.js';

const WITHOUT = 'the same request without it';

/** One side of a comparison: a server with these policies, and requests to it. */
export interface Side extends RequestOptions {
  /** Default `/v1/items`. */
  readonly path?: string;
  /** Default: those of `NO_POLICIES`. */
  readonly policies?: Partial<GatewayPolicies>;
}

/** The same request with and without one policy. */
export interface Comparison {
  /** Row IDs are `gateway.<id>` and `gateway.<id>-cpu`. */
  readonly id: string;
  readonly title: string;
  readonly baseline: string;
  readonly on: Side;
  readonly off: Side;
}

/** @param token a valid access token */
export function listComparisons(token: string): readonly Comparison[] {
  const [apiKey = ''] = createApiKeys(1);
  const withToken = { headers: { authorization: `Bearer ${token}` } };
  const withApiKey = { headers: { authorization: `Bearer ${apiKey}` } };
  const fromOrigin = { headers: { origin: ORIGIN } };
  const cached = { path: '/v1/cached-items' };
  const query = '?pageSize=20&genre=Drama&order=name';
  const compare = (id: string, title: string, on: Side, off: Side = {}, baseline = WITHOUT): Comparison => ({
    ...{ id, title, baseline, on, off },
  });
  const bare = { policies: { hasGateway: false } };
  return [
    compare('fixed', 'what no setting removes: context, metrics, limits, errors', {}, bare, 'Fastify only'),
    compare('log', 'request log', { policies: { logsRequests: true } }),
    compare('security-headers', 'security headers', { policies: { hasSecurityHeaders: true } }),
    compare('access-token', 'access token, cached: hash, revocation', withToken),
    compare('api-key', 'API key, cached: hash, revocation', withApiKey),
    compare('rate-limit', 'rate limit of an IP address', { policies: { plan: 'rate' } }),
    compare(
      'quota',
      'quota of an account',
      { ...withToken, policies: { plan: 'quota' } },
      { ...withToken, policies: { plan: 'rate' } },
      'its rate limit only',
    ),
    compare('usage', 'usage: each call counted', { policies: { countsUsage: true } }),
    compare(
      'validation',
      'validation of a query',
      { path: `/v1/validated-items${query}` },
      { path: `/v1/items${query}` },
    ),
    compare(
      'idempotency',
      'idempotency key, without its storage in the service',
      { body: ITEMS, headers: { 'idempotency-key': 'bench' } },
      { body: ITEMS },
    ),
    compare('cache', 'response from the cache', { ...cached, policies: { hasCache: true } }, cached),
    compare('entity-tag', 'entity tag', { path: '/v1/tagged-items' }),
    compare('compression', 'compression with Brotli', { headers: { 'accept-encoding': 'br' } }),
    compare('xml', 'XML', { headers: { accept: 'application/xml' } }, {}, 'the same response as JSON'),
    compare('cors', 'CORS: a page of another origin', { ...fromOrigin, policies: { allowsOrigin: true } }, fromOrigin),
    compare('deadline', 'deadline of the client', { headers: { 'request-timeout': '3' } }),
    compare('canary', 'canary: 5 % of the callers', { policies: { hasCanary: true } }),
    compare('tracing-default', 'tracing of 1 % of the requests', { policies: { traceRatio: 0.01 } }),
    compare('tracing', 'tracing of all requests', { policies: { traceRatio: 1 } }),
    compare(
      'all',
      'all settings of the platform, with an access token',
      { ...withToken, policies: ALL_POLICIES },
      {},
      'all of them off, an anonymous request',
    ),
  ];
}
