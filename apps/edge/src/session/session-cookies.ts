import type { CookieSerializeOptions } from '@fastify/cookie';
import { sessionCookieName } from '@viernes/gateway';
import type { FastifyReply, FastifyRequest } from 'fastify';

export const REFRESH_COOKIE = 'viernes_refresh';

/**
 * Marks the refresh token of a session whose access token is in a cookie. Otherwise, a script that was injected into a page
 * could exchange the refresh cookie for an access token that it can read.
 */
const COOKIE_SESSION_PREFIX = 'cookie.';

interface RefreshCookie {
  readonly token: string;
  /** The access token of the session is in a cookie, too. */
  readonly isCookieSession: boolean;
}

interface Token {
  readonly value: string;
  readonly expiresAt: string;
}

export function readRefreshCookie({ server, headers }: FastifyRequest): RefreshCookie | undefined {
  const value = server.parseCookie(headers.cookie ?? '')[REFRESH_COOKIE];
  if (!value) return undefined;
  const isCookieSession = value.startsWith(COOKIE_SESSION_PREFIX);
  return { token: isCookieSession ? value.slice(COOKIE_SESSION_PREFIX.length) : value, isCookieSession };
}

/** Sets the cookie with a refresh token, which the browser sends only to the paths of sessions. */
export function setRefreshCookie(
  request: FastifyRequest,
  reply: FastifyReply,
  { value, expiresAt }: Token,
  isCookieSession: boolean,
): void {
  const expires = new Date(expiresAt);
  const marked = isCookieSession ? COOKIE_SESSION_PREFIX + value : value;
  void reply.setCookie(REFRESH_COOKIE, marked, { ...refreshAttributes(request), expires });
}

/** Sets the cookie with an access token, which the browser sends to all paths. */
export function setSessionCookie(request: FastifyRequest, reply: FastifyReply, { value, expiresAt }: Token): void {
  const expires = new Date(expiresAt);
  void reply.setCookie(sessionCookieName(request), value, { ...sessionAttributes(request), expires });
}

export function clearCookies(request: FastifyRequest, reply: FastifyReply): void {
  void reply.clearCookie(REFRESH_COOKIE, refreshAttributes(request));
  void reply.clearCookie(sessionCookieName(request), sessionAttributes(request));
}

const refreshAttributes = (request: FastifyRequest) => ({ ...attributes(request), path: '/v1/sessions' });
const sessionAttributes = (request: FastifyRequest) => ({ ...attributes(request), path: '/' });

/** Hides cookies from scripts and from requests that other sites cause, and restricts them to TLS if the request uses it. */
function attributes({ protocol }: FastifyRequest): CookieSerializeOptions {
  return { httpOnly: true, sameSite: 'strict', secure: protocol === 'https' };
}
