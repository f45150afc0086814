import { defineOperation } from '@viernes/gateway';
import { uuid } from '@viernes/platform';
import { z } from 'zod';
import { account, ACCOUNT_EXAMPLE } from '../account/account.operations.js';
import { exampleProfile, profile } from '../profile/profile.schema.js';
import { currentPassword, trimmedEmail } from '../request/request-fields.js';
import { REFRESH_COOKIE } from './refresh-cookie.js';

const session = z
  .object({
    sessionId: uuid,
    accessToken: z.string().describe('JWT for the Authorization header'),
    accessExpiresAt: z.iso.datetime(),
    account,
    profiles: z.array(profile),
    selectedProfileId: uuid
      .nullable()
      .describe(
        'The profile that the session acts for. A new session has one if the account has only this one, without a PIN',
      ),
  })
  .meta({
    id: 'Session',
    examples: [
      {
        sessionId: '1a7c5e90-3b2d-4c6f-8e1a-9d0b7f6c5a42',
        accessToken: 'eyJhbGciOiJFZERTQSJ9.eyJzdWIiOiI5YjJmIn0.c2lnbmF0dXJl',
        accessExpiresAt: '2026-06-05T20:30:00.000Z',
        account: ACCOUNT_EXAMPLE,
        profiles: [exampleProfile],
        selectedProfileId: exampleProfile.id,
      },
    ],
  });

const cookieHeader = { 'Set-Cookie': 'The refresh token: `HttpOnly`, `SameSite=Strict`, sent only to `/v1/sessions`' };

export const createSession = defineOperation({
  operationId: 'createSession',
  method: 'POST',
  path: '/v1/sessions',
  tag: 'sessions',
  summary: 'Sign in',
  auth: 'none',
  body: z
    .strictObject({ email: trimmedEmail, password: currentPassword })
    .meta({ id: 'Credentials', examples: [{ email: 'ada@example.com', password: 'correct horse battery' }] }),
  returnsCredentials: true,
  success: { status: 201, description: 'The session', schema: session, headers: cookieHeader },
  errors: ['CREDENTIALS_WRONG', 'OVERLOADED'],
});

export const refreshSession = defineOperation({
  operationId: 'refreshSession',
  method: 'POST',
  path: '/v1/sessions/refresh',
  tag: 'sessions',
  summary: 'Exchange the refresh cookie for a new access token and a new refresh cookie; each cookie is valid once',
  auth: 'none',
  cookie: REFRESH_COOKIE,
  returnsCredentials: true,
  success: { status: 200, description: 'The session', schema: session, headers: cookieHeader },
  errors: ['UNAUTHENTICATED', 'SESSION_ENDED', 'FORBIDDEN'],
});

export const endSession = defineOperation({
  operationId: 'endSession',
  method: 'DELETE',
  path: '/v1/sessions/current',
  tag: 'sessions',
  summary: 'Sign out; revokes the access token and the refresh token immediately',
  auth: 'required',
  success: { status: 204, description: 'The session has ended' },
  errors: [],
});

export const sessionOperations = [createSession, refreshSession, endSession];
export type SessionResponse = z.infer<typeof session>;
