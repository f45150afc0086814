import { uuid } from '@viernes/platform';
import { z } from 'zod';
import { account, ACCOUNT_EXAMPLE } from '../account/account.operations.js';
import { exampleProfile, profile } from '../profile/profile.schema.js';

/** The access token in a session and in the response to a profile selection. */
export const accessToken = z
  .string()
  .optional()
  .describe('JWT for the Authorization header. Absent if the request selects a cookie with `Viernes-Session: cookie`');

/** The response to every kind of sign-in. */
export const session = z
  .object({
    sessionId: uuid,
    accessToken,
    accessExpiresAt: z.iso.datetime(),
    account,
    profiles: z.array(profile),
    selectedProfileId: uuid
      .nullable()
      .describe(
        'The profile that the session acts for. A new session has one only if the account has a single profile, without a PIN',
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

export const sessionCookieHeaders = {
  'Set-Cookie':
    'The refresh token, sent only to `/v1/sessions`, and the access token if the request selects a cookie. Both are `HttpOnly` and `SameSite=Strict`',
};
