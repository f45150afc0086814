import { defineOperation } from '@viernes/gateway';
import { z } from 'zod';
import { SIGN_IN_LIMITS } from '../gateway/consume-limits.js';
import { linkToken } from '../account/account.operations.js';
import { currentPassword, email, newPassword, trimmedEmail } from '../request/request-fields.js';

const TOKEN = 'bSmP7pq2yA0oVwTnGd3Xk9LhR5sCe1UjZfQi8NtYuM4';

export const requestPasswordReset = defineOperation({
  operationId: 'requestPasswordReset',
  method: 'POST',
  idempotency: 'stored',
  path: '/v1/password-resets',
  tag: 'accounts',
  summary:
    'Send a link that resets the password, if the email belongs to an account; the response is the same if it does not',
  rateLimits: SIGN_IN_LIMITS,
  auth: 'none',
  body: z
    .strictObject({ email: trimmedEmail })
    .meta({ id: 'PasswordResetRequest', examples: [{ email: 'ada@example.com' }] }),
  success: { status: 202, description: 'A mail will be sent if the email belongs to an account' },
  errors: [],
});

export const resetPassword = defineOperation({
  operationId: 'resetPassword',
  method: 'POST',
  idempotency: 'stored',
  path: '/v1/password-resets/confirm',
  tag: 'accounts',
  summary: 'Set a password with the token of the link; the token is valid once, for one hour. Ends all sessions',
  rateLimits: ['sign-in-ip'],
  auth: 'none',
  recordsClient: true,
  body: z
    .strictObject({ token: linkToken, newPassword })
    .meta({ id: 'PasswordReset', examples: [{ token: TOKEN, newPassword: 'battery staple horse' }] }),
  success: { status: 204, description: 'The password is set, the email is verified, and all sessions have ended' },
  errors: ['LINK_EXPIRED', 'EMAIL_TAKEN', 'OVERLOADED'],
});

export const changePassword = defineOperation({
  operationId: 'changePassword',
  method: 'PUT',
  path: '/v1/account/password',
  tag: 'accounts',
  summary: 'Replace the password; ends all other sessions',
  rateLimits: SIGN_IN_LIMITS,
  auth: 'required',
  scope: 'none',
  recordsClient: true,
  body: z.strictObject({ password: currentPassword, newPassword }).meta({
    id: 'PasswordChange',
    examples: [{ password: 'correct horse battery', newPassword: 'battery staple horse' }],
  }),
  success: { status: 204, description: 'The password is replaced, and the other sessions have ended' },
  errors: ['PROFILE_NOT_SELECTED', 'PROFILE_LIMITED', 'PASSWORD_WRONG', 'OVERLOADED'],
});

export const changeEmail = defineOperation({
  operationId: 'changeEmail',
  method: 'PUT',
  path: '/v1/account/email',
  tag: 'accounts',
  summary: 'Send a link to a new email, which becomes the email of the account when the link is opened',
  rateLimits: SIGN_IN_LIMITS,
  auth: 'required',
  scope: 'none',
  recordsClient: true,
  body: z.strictObject({ password: currentPassword, email }).meta({
    id: 'EmailChange',
    examples: [{ password: 'correct horse battery', email: 'lovelace@example.com' }],
  }),
  success: { status: 202, description: 'The mail will be sent, and a notice to the current email' },
  errors: [
    'PROFILE_NOT_SELECTED',
    'PROFILE_LIMITED',
    'PASSWORD_WRONG',
    'EMAIL_TAKEN',
    'MAIL_LIMIT_REACHED',
    'OVERLOADED',
  ],
});

export const passwordOperations = [requestPasswordReset, resetPassword, changePassword, changeEmail];
