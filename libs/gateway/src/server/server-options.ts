import type { FastifyHttpOptions, RawServerDefault } from 'fastify';
import { answerUnreadable, answerUnroutable } from '../problems/connection-errors.js';

const BODY_LIMIT_BYTES = 64 * 1024;

/**
 * A connection on which no byte moves for this long is closed: a reader that stopped reading would keep its answer, and the
 * connection to the store behind that, for ever. Longer than the slowest answer takes to begin (completing an upload).
 */
const STALLED_MS = 180_000;

/**
 * The front door's bounds. Bodies are small (films go to the object store), ids are short, and a client that dribbles its
 * request's headers, or stops reading the answer, loses the connection.
 *
 * @param trustedProxies addresses or networks whose X-Forwarded-* headers are believed; none where empty
 */
export function serverOptions(trustedProxies: readonly string[]): FastifyHttpOptions<RawServerDefault> {
  return {
    bodyLimit: BODY_LIMIT_BYTES,
    // Node's bound is one for all requests, and a part of a film may take longer: boundBodyTime sets it for the others.
    requestTimeout: 0,
    connectionTimeout: STALLED_MS,
    keepAliveTimeout: 65_000,
    http: { maxHeaderSize: 16 * 1024, headersTimeout: 15_000 },
    routerOptions: { maxParamLength: 128 },
    trustProxy: trustedProxies.length > 0 ? [...trustedProxies] : false,
    // Readiness has told balancers already; whoever still comes while we drain gets an answer and `connection: close`.
    return503OnClosing: false,
    forceCloseConnections: 'idle',
    frameworkErrors: answerUnroutable,
    clientErrorHandler: answerUnreadable,
  };
}
