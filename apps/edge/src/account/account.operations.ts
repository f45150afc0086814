import { defineOperation } from '@viernes/gateway';
import { ROLES, uuid } from '@viernes/platform';
import { LANGUAGES } from '@viernes/translations';
import { z } from 'zod';
import { profile } from '../profile/profile.schema.js';
import { email, newPassword, textLine } from '../request/request-fields.js';

export const ACCOUNT_EXAMPLE = {
  id: '9b2f0a53-6a1c-4f3e-8a55-0d3c1c0f7e21',
  email: 'ada@example.com',
  emailVerifiedAt: '2026-06-05T20:15:00.000Z',
  language: 'en',
  role: 'viewer',
  plan: 'account',
} as const;

export const account = z
  .object({
    id: uuid,
    email: z.string(),
    emailVerifiedAt: z.iso.datetime().nullable().describe('Null until the owner opens the link in a mail'),
    language: z.enum(LANGUAGES).describe('Language of mails. Follows the language of the selected profile'),
    role: z.enum(ROLES).describe('Each role includes the rights of those before it'),
    plan: z.string().describe('Name of the plan that limits its requests'),
  })
  .meta({
    id: 'Account',
    examples: [ACCOUNT_EXAMPLE],
  });

export const createAccount = defineOperation({
  operationId: 'createAccount',
  method: 'POST',
  idempotency: 'stored',
  path: '/v1/accounts',
  tag: 'accounts',
  summary: 'Create an account with its first profile, and send a link that verifies the email',
  rateLimits: ['sign-up-ip'],
  auth: 'none',
  recordsClient: true,
  body: z
    .strictObject({
      email,
      password: newPassword,
      profileName: textLine(50),
      language: z
        .enum(LANGUAGES)
        .optional()
        .describe('Language of mails. Default: the one that `Accept-Language` prefers'),
    })
    .meta({
      id: 'NewAccount',
      examples: [{ email: 'ada@example.com', password: 'correct horse battery', profileName: 'Ada', language: 'en' }],
    }),
  success: {
    status: 201,
    description: 'The account and its profiles',
    schema: z.object({ account, profiles: z.array(profile) }).meta({ id: 'CreatedAccount' }),
  },
  errors: ['EMAIL_TAKEN', 'OVERLOADED'],
});

/** The token of a link: 256 bits in base64url. */
export const linkToken = z
  .string()
  .regex(/^[A-Za-z0-9_-]{43}$/)
  .describe('The fragment of the link in the mail');

export const verifyEmail = defineOperation({
  operationId: 'verifyEmail',
  method: 'POST',
  idempotency: 'stored',
  path: '/v1/email-verifications',
  tag: 'accounts',
  summary: 'Verify an email with the token of the link that was sent to it; the token is valid once, for 24 hours',
  auth: 'none',
  recordsClient: true,
  body: z
    .strictObject({ token: linkToken })
    .meta({ id: 'EmailVerification', examples: [{ token: 'bSmP7pq2yA0oVwTnGd3Xk9LhR5sCe1UjZfQi8NtYuM4' }] }),
  success: { status: 204, description: 'The email is verified, and is now the email of the account' },
  errors: ['LINK_EXPIRED', 'EMAIL_TAKEN'],
});

export const requestEmailVerification = defineOperation({
  operationId: 'requestEmailVerification',
  method: 'POST',
  idempotency: 'stored',
  path: '/v1/account/email-verifications',
  tag: 'accounts',
  summary: 'Send another link that verifies the email, at most 3 per hour; has no effect if the email is verified',
  auth: 'required',
  scope: 'none',
  success: { status: 202, description: 'The mail will be sent' },
  errors: ['MAIL_LIMIT_REACHED'],
});

export const accountOperations = [createAccount, verifyEmail, requestEmailVerification];
