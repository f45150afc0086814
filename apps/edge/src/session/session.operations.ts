import { defineOperation } from '@viernes/gateway';
import { z } from 'zod';
import { account } from '../account/account.operations.js';
import { profile } from '../profile/profile.operations.js';
import { REFRESH_COOKIE } from './refresh-cookie.js';

const session = z
  .object({
    sessionId: z.uuid(),
    accessToken: z.string().describe('A JWT for the Authorization header'),
    accessExpiresAt: z.iso.datetime(),
    account,
    profiles: z.array(profile),
  })
  .meta({ id: 'Session' });

const cookieHeader = { 'Set-Cookie': 'The refresh token, for this address alone and out of reach of scripts' };

export const createSession = defineOperation({
  operationId: 'createSession',
  method: 'POST',
  path: '/v1/sessions',
  tag: 'sessions',
  summary: 'Sign in',
  bearer: 'ignored',
  body: z
    .strictObject({ email: z.string().min(1).max(254), password: z.string().min(1).max(128) })
    .meta({ id: 'Credentials' }),
  success: { status: 201, description: 'The session', schema: session, headers: cookieHeader },
  errors: ['CREDENTIALS_WRONG'],
});

export const refreshSession = defineOperation({
  operationId: 'refreshSession',
  method: 'POST',
  path: '/v1/sessions/refresh',
  tag: 'sessions',
  summary: 'Trade the refresh cookie for a new pair of tokens; each works once',
  bearer: 'ignored',
  cookie: REFRESH_COOKIE,
  success: { status: 200, description: 'The session', schema: session, headers: cookieHeader },
  errors: ['UNAUTHENTICATED', 'SESSION_ENDED', 'FORBIDDEN'],
});

export const endSession = defineOperation({
  operationId: 'endSession',
  method: 'DELETE',
  path: '/v1/sessions/current',
  tag: 'sessions',
  summary: 'Sign out: both tokens stop working at once',
  bearer: 'required',
  success: { status: 204, description: 'The session has ended' },
  errors: [],
});

export const sessionOperations = [createSession, refreshSession, endSession];
export type SessionResponse = z.infer<typeof session>;
