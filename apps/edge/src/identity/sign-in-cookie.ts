import { CodedError } from '@viernes/contracts';
import type { FastifyReply, FastifyRequest } from 'fastify';

const COOKIE = 'viernes_sign_in';

/** Equals the time for which the user service accepts a response of the provider. */
const MAX_AGE_SECONDS = 600;

/**
 * Stores the secret with which only this browser can finish a sign-in. The browser does not send the cookie with the
 * redirect of the provider, which comes from another site. It sends the cookie with the request of the callback page.
 */
export function setSignInCookie(request: FastifyRequest, reply: FastifyReply, secret: string): void {
  void reply.setCookie(COOKIE, secret, { ...attributes(request), maxAge: MAX_AGE_SECONDS });
}

/** Reads the secret, and removes it from the browser. @throws CodedError IDENTITY_REJECTED */
export function takeSignInCookie(request: FastifyRequest, reply: FastifyReply): string {
  const secret = request.server.parseCookie(request.headers.cookie ?? '')[COOKIE];
  if (!secret) throw new CodedError('IDENTITY_REJECTED', { reason: 'no cookie' });
  void reply.clearCookie(COOKIE, attributes(request));
  return secret;
}

function attributes({ protocol }: FastifyRequest) {
  return { httpOnly: true, sameSite: 'strict', secure: protocol === 'https', path: '/v1' } as const;
}
