import type { userV1 } from '@viernes/contracts';
import { hasSessionHeader, requireSameOrigin } from '@viernes/gateway';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { toAccountResponse } from '../account/account.response.js';
import { toProfileResponse } from '../profile/profile.response.js';
import { required } from '../upstream/required.js';
import { setRefreshCookie, setSessionCookie } from './session-cookies.js';
import type { session } from './session.schema.js';

export type SessionResponse = z.infer<typeof session>;

/**
 * Sends the refresh token only as a cookie, and the access token as well if the client selects a cookie for it.
 *
 * @param isCookieSession whether the access token must not be in the body
 * @throws CodedError CSRF_REJECTED if a page of another origin selects a cookie
 */
export function respondWithSession(
  request: FastifyRequest,
  reply: FastifyReply,
  message: userV1.Session,
  isCookieSession = hasSessionHeader(request),
): SessionResponse {
  const expiresAt = required(message.refreshExpiresAt, 'refresh_expires_at');
  const access = respondWithAccess(request, reply, message, isCookieSession);
  setRefreshCookie(request, reply, { value: message.refreshToken, expiresAt }, isCookieSession);
  return {
    sessionId: message.id,
    ...access,
    account: toAccountResponse(required(message.account, 'account')),
    profiles: message.profiles.map(toProfileResponse),
    selectedProfileId: message.selectedProfileId ?? null,
  };
}

/** Sends a new access token in the body, or as a cookie. @throws CodedError like respondWithSession */
export function respondWithAccess(
  request: FastifyRequest,
  reply: FastifyReply,
  message: Pick<userV1.Session, 'accessToken' | 'accessExpiresAt'>,
  isCookieSession: boolean,
): Pick<SessionResponse, 'accessToken' | 'accessExpiresAt'> {
  const accessExpiresAt = required(message.accessExpiresAt, 'access_expires_at');
  if (!isCookieSession) return { accessToken: message.accessToken, accessExpiresAt };
  requireSameOrigin(request);
  setSessionCookie(request, reply, { value: message.accessToken, expiresAt: accessExpiresAt });
  return { accessExpiresAt };
}
