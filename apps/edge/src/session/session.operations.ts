import { defineOperation } from '@viernes/gateway';
import { uuid } from '@viernes/platform';
import { z } from 'zod';
import { SIGN_IN_LIMITS } from '../gateway/consume-limits.js';
import { currentPassword, trimmedEmail } from '../request/request-fields.js';
import { device } from './device.js';
import { REFRESH_COOKIE } from './session-cookies.js';
import { session, sessionCookieHeaders } from './session.schema.js';

const activeSession = z
  .object({
    id: uuid,
    isCurrent: z.boolean().describe('Whether it is the session of the request'),
    device,
    address: z.string().nullable().describe('IP address at `lastUsedAt`. Null if unknown'),
    createdAt: z.iso.datetime(),
    lastUsedAt: z.iso.datetime().describe('Can be up to 15 minutes earlier than the actual last use'),
  })
  .meta({
    id: 'ActiveSession',
    examples: [
      {
        id: '1a7c5e90-3b2d-4c6f-8e1a-9d0b7f6c5a42',
        isCurrent: true,
        device: { browser: 'Firefox', system: 'Linux', type: 'desktop' },
        address: '192.0.2.7',
        createdAt: '2026-06-01T19:00:00.000Z',
        lastUsedAt: '2026-06-05T20:15:00.000Z',
      },
    ],
  });

export const createSession = defineOperation({
  operationId: 'createSession',
  method: 'POST',
  idempotency: 'stored',
  path: '/v1/sessions',
  tag: 'sessions',
  summary: 'Sign in',
  rateLimits: SIGN_IN_LIMITS,
  auth: 'none',
  offersCookieSession: true,
  recordsClient: true,
  body: z
    .strictObject({ email: trimmedEmail, password: currentPassword })
    .meta({ id: 'Credentials', examples: [{ email: 'ada@example.com', password: 'correct horse battery' }] }),
  returnsCredentials: true,
  success: { status: 201, description: 'The session', schema: session, headers: sessionCookieHeaders },
  errors: ['CREDENTIALS_WRONG', 'CSRF_REJECTED', 'OVERLOADED'],
});

export const refreshSession = defineOperation({
  operationId: 'refreshSession',
  method: 'POST',
  idempotency: { notStored: 'the previous cookie is accepted again for a few seconds' },
  path: '/v1/sessions/refresh',
  tag: 'sessions',
  summary:
    'Exchange the refresh cookie for a new access token and a new refresh cookie; each cookie is valid once, and for 10 s after its first use',
  priority: 'playback',
  auth: 'none',
  quota: 'exempt',
  recordsClient: true,
  cookie: REFRESH_COOKIE,
  offersCookieSession: true,
  returnsCredentials: true,
  success: { status: 200, description: 'The session', schema: session, headers: sessionCookieHeaders },
  errors: ['UNAUTHENTICATED', 'SESSION_ENDED', 'CSRF_REJECTED'],
});

export const endSession = defineOperation({
  operationId: 'endSession',
  method: 'DELETE',
  path: '/v1/sessions/current',
  tag: 'sessions',
  summary: 'Sign out; revokes the access token and the refresh token immediately',
  auth: 'required',
  scope: 'none',
  recordsClient: true,
  success: { status: 204, description: 'The session has ended' },
  errors: [],
});

export const listSessions = defineOperation({
  operationId: 'listSessions',
  method: 'GET',
  path: '/v1/account/sessions',
  tag: 'sessions',
  summary: 'List the devices that are signed in, latest use first',
  auth: 'required',
  scope: 'none',
  success: {
    status: 200,
    description: 'The sessions that have not ended',
    schema: z.object({ sessions: z.array(activeSession) }).meta({ id: 'SessionList' }),
  },
  errors: ['PROFILE_NOT_SELECTED', 'PROFILE_LIMITED'],
});

export const endSessionById = defineOperation({
  operationId: 'endSessionById',
  method: 'DELETE',
  path: '/v1/account/sessions/:id',
  tag: 'sessions',
  summary: 'Sign out a device; has no effect if the session does not belong to the account',
  auth: 'required',
  scope: 'none',
  recordsClient: true,
  params: z.strictObject({ id: uuid }),
  success: { status: 204, description: 'The session has ended, and its tokens are invalid' },
  errors: ['PROFILE_NOT_SELECTED', 'PROFILE_LIMITED'],
});

export const endOtherSessions = defineOperation({
  operationId: 'endOtherSessions',
  method: 'DELETE',
  path: '/v1/account/sessions/others',
  tag: 'sessions',
  summary: 'Sign out all other devices',
  auth: 'required',
  scope: 'none',
  recordsClient: true,
  success: { status: 204, description: 'All sessions except the current one have ended, and their tokens are invalid' },
  errors: ['PROFILE_NOT_SELECTED', 'PROFILE_LIMITED'],
});

export const sessionOperations = [
  createSession,
  refreshSession,
  endSession,
  listSessions,
  endSessionById,
  endOtherSessions,
];
