import type { FastifyHttpOptions, RawServerDefault } from 'fastify';
import { handleClientError, handleRoutingError } from '../problems/connection-errors.js';
import { isHandshake } from './upgrade.js';

/** The limit of operations without `maxBodyBytes`. */
export const BODY_LIMIT_BYTES = 64 * 1024;

/**
 * A connection without traffic for this long is closed. Otherwise, a client that stops reading would occupy its
 * response and a connection to object storage indefinitely. Longer than the slowest operation (completing an upload)
 * takes to respond.
 */
const IDLE_TIMEOUT_MS = 180_000;

/**
 * Returns the limits of the HTTP server. Bodies are small, because files go to object storage, and IDs are short. A client
 * that sends its headers or reads its response too slowly loses its connection.
 *
 * @param trustedProxies IP addresses or networks whose X-Forwarded-* headers are trusted. Empty trusts none.
 */
export function serverOptions(trustedProxies: readonly string[]): FastifyHttpOptions<RawServerDefault> {
  return {
    bodyLimit: BODY_LIMIT_BYTES,
    // Node's limit applies to all requests, and an upload part can take longer. limitBodyDuration applies to the others.
    requestTimeout: 0,
    connectionTimeout: IDLE_TIMEOUT_MS,
    keepAliveTimeout: 65_000,
    http: {
      shouldUpgradeCallback: isHandshake,
      maxHeaderSize: 16 * 1024,
      headersTimeout: 15_000,
      // How often Node checks headersTimeout. Default: 30 s.
      connectionsCheckingInterval: 5_000,
      // checkRequestTargets returns a coded error.
      requireHostHeader: false,
    },
    routerOptions: { maxParamLength: 128 },
    trustProxy: trustedProxies.length > 0 ? [...trustedProxies] : false,
    // While draining, readiness already informs load balancers. Late requests are served with `connection: close`.
    return503OnClosing: false,
    forceCloseConnections: 'idle',
    frameworkErrors: handleRoutingError,
    clientErrorHandler: handleClientError,
  };
}
