import type { userV1 } from '@viernes/contracts';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { toAccountResponse } from '../account/account.response.js';
import { toProfileResponse } from '../profile/profile.response.js';
import { required } from '../upstream/required.js';
import { setRefreshCookie } from './refresh-cookie.js';
import type { session } from './session.schema.js';

export type SessionResponse = z.infer<typeof session>;

/** Sends the refresh token only as a cookie. */
export function respondWithSession(
  request: FastifyRequest,
  reply: FastifyReply,
  message: userV1.Session,
): SessionResponse {
  const refreshExpiresAt = required(message.refreshExpiresAt, 'refresh_expires_at');
  setRefreshCookie(request, reply, message.refreshToken, refreshExpiresAt);
  return {
    sessionId: message.id,
    accessToken: message.accessToken,
    accessExpiresAt: required(message.accessExpiresAt, 'access_expires_at'),
    account: toAccountResponse(required(message.account, 'account')),
    profiles: message.profiles.map(toProfileResponse),
    selectedProfileId: message.selectedProfileId ?? null,
  };
}
