import type { CookieSerializeOptions } from '@fastify/cookie';
import type { FastifyReply, FastifyRequest } from 'fastify';

export const REFRESH_COOKIE = 'viernes_refresh';

/** Sent to the session addresses of this site only, never shown to scripts, never in the clear where there is TLS. */
export function setRefreshCookie(request: FastifyRequest, reply: FastifyReply, token: string, expiresAt: string): void {
  void reply.setCookie(REFRESH_COOKIE, token, { ...attributes(request), expires: new Date(expiresAt) });
}

export function clearRefreshCookie(request: FastifyRequest, reply: FastifyReply): void {
  void reply.clearCookie(REFRESH_COOKIE, attributes(request));
}

function attributes(request: FastifyRequest): CookieSerializeOptions {
  return { path: '/v1/sessions', httpOnly: true, sameSite: 'strict', secure: request.protocol === 'https' };
}
