import type { FastifyRequest } from 'fastify';

/** Browsers accept a cookie with this prefix only over TLS, for all paths, and not from another subdomain (RFC 6265bis). */
const SECURE_NAME = '__Host-viernes_session';
const PLAIN_NAME = 'viernes_session';

const ANY_NAME = /(?:^|;)\s*(?:__Host-)?viernes_session=/;
const PATTERNS = {
  [SECURE_NAME]: /(?:^|;)\s*__Host-viernes_session=([\w.-]+)/,
  [PLAIN_NAME]: /(?:^|;)\s*viernes_session=([\w.-]+)/,
} as const;

/** Returns the name of the cookie with the access token. Over TLS, the name without a prefix is not read. */
export function sessionCookieName({ protocol }: Pick<FastifyRequest, 'protocol'>): keyof typeof PATTERNS {
  return protocol === 'https' ? SECURE_NAME : PLAIN_NAME;
}

/** Returns the access token of the session cookie. Undefined without one, or if the request has an Authorization header. */
export function readSessionCookie(request: FastifyRequest): string | undefined {
  const { authorization, cookie } = request.headers;
  if (authorization !== undefined || cookie === undefined) return undefined;
  return PATTERNS[sessionCookieName(request)].exec(cookie)?.[1];
}

/** Whether a request has credentials: its response is only for their owner. */
export function hasCredentials({ headers: { authorization, cookie } }: Pick<FastifyRequest, 'headers'>): boolean {
  return authorization !== undefined || (cookie !== undefined && ANY_NAME.test(cookie));
}
