import { CodedError } from '@viernes/contracts';
import type { FastifyRequest } from 'fastify';
import { readSessionCookie } from './session-cookie.js';

/** Selects a cookie for the access token of a session. Its only value is `cookie`. */
const SESSION_HEADER = 'viernes-session';

/** Methods that change nothing (RFC 9110 section 9.2.1). */
const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS']);

/** Returns whether a request has the header with which a client selects a cookie for its access token. */
export function hasSessionHeader({ headers }: FastifyRequest): boolean {
  return headers[SESSION_HEADER] === 'cookie';
}

/**
 * Rejects a request that another site could have caused (CSRF). Accepts all requests with a safe method. Call it only for
 * requests that are authenticated by a cookie. Forms and links cannot send the header, and scripts of other origins need a
 * preflight, which does not allow it. The origin is compared in addition.
 *
 * @see https://cheatsheetseries.owasp.org/cheatsheets/Cross-Site_Request_Forgery_Prevention_Cheat_Sheet.html
 * @throws CodedError CSRF_REJECTED
 */
export function rejectForgedRequest(request: FastifyRequest): void {
  if (SAFE_METHODS.has(request.method)) return;
  if (!hasSessionHeader(request)) throw new CodedError('CSRF_REJECTED', { reason: `no ${SESSION_HEADER}` });
  requireSameOrigin(request);
}

/** @throws CodedError CSRF_REJECTED */
export function requireSameOrigin(request: FastifyRequest): void {
  if (!isSameOrigin(request)) throw new CodedError('CSRF_REJECTED', { reason: 'not the same origin' });
}

/**
 * Rejects the handshake of a WebSocket by a page of another site (cross-site WebSocket hijacking). Browsers send cookies with
 * it, apply neither CORS nor a preflight, and always send `Origin`, which is therefore required with a cookie.
 *
 * @see RFC 6455 section 10.2
 * @throws CodedError CSRF_REJECTED
 */
export function requirePageOfThisSite(request: FastifyRequest): void {
  requireSameOrigin(request);
  if (request.headers.origin !== undefined || readSessionCookie(request) === undefined) return;
  throw new CodedError('CSRF_REJECTED', { reason: 'no origin' });
}

/**
 * Returns whether a request comes from a page of this origin, according to the headers that only browsers set. Other clients
 * send neither header, and another site cannot make them send a cookie.
 *
 * @see https://www.w3.org/TR/fetch-metadata/ section 2.3
 */
function isSameOrigin({ headers, host }: FastifyRequest): boolean {
  const { 'sec-fetch-site': site, origin } = headers;
  if (site !== undefined) return site === 'same-origin' || site === 'none';
  if (origin === undefined) return true;
  return URL.canParse(origin) && new URL(origin).host === host;
}
