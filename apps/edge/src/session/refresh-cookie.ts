import type { CookieSerializeOptions } from '@fastify/cookie';
import type { FastifyReply, FastifyRequest } from 'fastify';

export const REFRESH_COOKIE = 'viernes_refresh';

export function readRefreshCookie({ server, headers }: FastifyRequest): string | undefined {
  return server.parseCookie(headers.cookie ?? '')[REFRESH_COOKIE];
}

/**
 * The browser sends the cookie only to the session paths of this site, hides it from scripts, and requires TLS if
 * available.
 */
export function setRefreshCookie(request: FastifyRequest, reply: FastifyReply, token: string, expiresAt: string): void {
  void reply.setCookie(REFRESH_COOKIE, token, { ...attributes(request), expires: new Date(expiresAt) });
}

export function clearRefreshCookie(request: FastifyRequest, reply: FastifyReply): void {
  void reply.clearCookie(REFRESH_COOKIE, attributes(request));
}

function attributes(request: FastifyRequest): CookieSerializeOptions {
  return { path: '/v1/sessions', httpOnly: true, sameSite: 'strict', secure: request.protocol === 'https' };
}

/**
 * Returns whether a request that the cookie authorizes comes from a page of this site, according to its headers. Defense in
 * depth for browsers and subdomains that SameSite=Strict does not cover. Clients other than browsers send neither header,
 * and another site cannot make them send the cookie.
 *
 * @param host name and port that the client requested
 * @see https://www.w3.org/TR/fetch-metadata/ section 2.3
 */
export function isSameOrigin(headers: Readonly<Record<string, string | string[] | undefined>>, host: string): boolean {
  const { 'sec-fetch-site': site, origin } = headers;
  if (site !== undefined) return site === 'same-origin' || site === 'none';
  if (origin === undefined) return true;
  return typeof origin === 'string' && URL.canParse(origin) && new URL(origin).host === host;
}
