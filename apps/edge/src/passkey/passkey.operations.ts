import { defineOperation } from '@viernes/gateway';
import { uuid } from '@viernes/platform';
import { z } from 'zod';
import { SIGN_IN_LIMITS } from '../gateway/consume-limits.js';
import { currentPassword, textLine } from '../request/request-fields.js';
import { session, sessionCookieHeaders } from '../session/session.schema.js';
import {
  CREATED_CREDENTIAL_EXAMPLE,
  creationOptions,
  passkey,
  registrationCredential,
  requestOptions,
  SIGN_IN_CREDENTIAL_EXAMPLE,
  signInCredential,
} from './passkey.schema.js';

const name = textLine(50);
const onePasskey = { tag: 'accounts', auth: 'required', scope: 'none', params: z.strictObject({ id: uuid }) } as const;

export const listPasskeys = defineOperation({
  operationId: 'listPasskeys',
  method: 'GET',
  path: '/v1/account/passkeys',
  tag: 'accounts',
  summary: 'List the passkeys, oldest first',
  auth: 'required',
  scope: 'none',
  success: {
    status: 200,
    description: 'The passkeys of the account',
    schema: z.object({ passkeys: z.array(passkey) }).meta({ id: 'PasskeyList' }),
  },
  errors: ['PROFILE_NOT_SELECTED', 'PROFILE_LIMITED'],
});

export const startPasskeyRegistration = defineOperation({
  operationId: 'startPasskeyRegistration',
  method: 'POST',
  idempotency: { notStored: 'each request checks the password, and an unused challenge expires' },
  path: '/v1/account/passkey-challenges',
  tag: 'accounts',
  summary: 'Request the options for creating a passkey in a browser (WebAuthn)',
  rateLimits: SIGN_IN_LIMITS,
  auth: 'required',
  scope: 'none',
  recordsClient: true,
  body: z
    .strictObject({ password: currentPassword })
    .meta({ id: 'PasskeyRegistrationRequest', examples: [{ password: 'correct horse battery' }] }),
  success: { status: 201, description: 'Options of `navigator.credentials.create()`', schema: creationOptions },
  errors: ['PROFILE_NOT_SELECTED', 'PROFILE_LIMITED', 'PASSWORD_WRONG', 'PASSKEY_LIMIT_REACHED', 'OVERLOADED'],
});

export const addPasskey = defineOperation({
  operationId: 'addPasskey',
  method: 'POST',
  idempotency: 'stored',
  path: '/v1/account/passkeys',
  tag: 'accounts',
  summary: 'Add the passkey that a browser has created; the owner receives a mail. An account has at most 10 passkeys',
  auth: 'required',
  scope: 'none',
  recordsClient: true,
  body: z
    .strictObject({ name, credential: registrationCredential })
    .meta({ id: 'NewPasskey', examples: [{ name: 'Laptop', credential: CREATED_CREDENTIAL_EXAMPLE }] }),
  success: { status: 201, description: 'The passkey', schema: passkey },
  errors: ['PROFILE_NOT_SELECTED', 'PROFILE_LIMITED', 'PASSKEY_REJECTED', 'PASSKEY_LIMIT_REACHED'],
});

export const patchPasskey = defineOperation({
  ...onePasskey,
  operationId: 'patchPasskey',
  method: 'PATCH',
  path: '/v1/account/passkeys/:id',
  summary: 'Rename a passkey with a JSON Merge Patch',
  body: z.strictObject({ name }).meta({ id: 'PasskeyPatch', examples: [{ name: 'Phone' }] }),
  bodyType: 'application/merge-patch+json',
  success: { status: 200, description: 'The updated passkey', schema: passkey },
  errors: ['PROFILE_NOT_SELECTED', 'PROFILE_LIMITED', 'PASSKEY_NOT_FOUND'],
});

export const removePasskey = defineOperation({
  ...onePasskey,
  operationId: 'removePasskey',
  method: 'DELETE',
  path: '/v1/account/passkeys/:id',
  summary: 'Remove a passkey; the owner receives a mail, and sessions continue',
  recordsClient: true,
  success: { status: 204, description: 'The passkey can no longer be used to sign in' },
  errors: ['PROFILE_NOT_SELECTED', 'PROFILE_LIMITED', 'PASSKEY_NOT_FOUND'],
});

export const startPasskeySignIn = defineOperation({
  operationId: 'startPasskeySignIn',
  method: 'POST',
  idempotency: { notStored: 'an unused challenge expires' },
  path: '/v1/sessions/passkey-challenges',
  tag: 'sessions',
  summary: 'Request the options for signing in with a passkey of any account (WebAuthn)',
  rateLimits: ['sign-in-ip'],
  auth: 'none',
  success: { status: 201, description: 'Options of `navigator.credentials.get()`', schema: requestOptions },
  errors: [],
});

export const signInWithPasskey = defineOperation({
  operationId: 'signInWithPasskey',
  method: 'POST',
  idempotency: 'stored',
  path: '/v1/sessions/passkey',
  tag: 'sessions',
  summary: 'Sign in with a passkey; all rejections have the same response',
  rateLimits: ['sign-in-ip'],
  auth: 'none',
  offersCookieSession: true,
  recordsClient: true,
  body: z
    .strictObject({ credential: signInCredential })
    .meta({ id: 'PasskeySignIn', examples: [{ credential: SIGN_IN_CREDENTIAL_EXAMPLE }] }),
  returnsCredentials: true,
  success: { status: 201, description: 'The session', schema: session, headers: sessionCookieHeaders },
  errors: ['PASSKEY_REJECTED', 'CSRF_REJECTED'],
});

export const passkeyOperations = [
  listPasskeys,
  startPasskeyRegistration,
  addPasskey,
  patchPasskey,
  removePasskey,
  startPasskeySignIn,
  signInWithPasskey,
];
