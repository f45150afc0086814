import { defineOperation } from '@viernes/gateway';
import { uuid } from '@viernes/platform';
import { z } from 'zod';
import { SIGN_IN_LIMITS } from '../gateway/consume-limits.js';
import { exampleProfile, newProfile, pin, profile, profilePatch } from '../profile/profile.schema.js';
import { currentPassword } from '../request/request-fields.js';
import { accessToken } from '../session/session.schema.js';

const household = { tag: 'profiles', auth: 'required', scope: 'none' } as const;
const oneProfile = { ...household, params: z.strictObject({ id: uuid }) } as const;

export const createProfile = defineOperation({
  ...household,
  operationId: 'createProfile',
  method: 'POST',
  idempotency: 'stored',
  path: '/v1/profiles',
  summary: 'Create a profile; an account has up to five',
  rateLimits: SIGN_IN_LIMITS,
  body: newProfile,
  success: {
    status: 201,
    description: 'The profile',
    schema: profile,
    headers: { Location: 'Path of the profile' },
  },
  errors: ['PROFILE_LIMIT_REACHED', 'PROFILE_NAME_TAKEN', 'PROFILE_NOT_SELECTED', 'PROFILE_LIMITED', 'OVERLOADED'],
});

export const patchProfile = defineOperation({
  ...oneProfile,
  operationId: 'patchProfile',
  method: 'PATCH',
  path: '/v1/profiles/:id',
  summary: 'Change fields of a profile with a JSON Merge Patch; if it has a PIN, the session must have selected it',
  body: profilePatch,
  bodyType: 'application/merge-patch+json',
  recordsClient: true,
  success: { status: 200, description: 'The updated profile', schema: profile },
  errors: [
    'PROFILE_NOT_FOUND',
    'PROFILE_NAME_TAKEN',
    'PROFILE_REQUIRED',
    'PROFILE_NOT_SELECTED',
    'PROFILE_LIMITED',
    'PIN_REQUIRED',
  ],
});

export const deleteProfile = defineOperation({
  ...oneProfile,
  operationId: 'deleteProfile',
  method: 'DELETE',
  path: '/v1/profiles/:id',
  summary: 'Delete a profile and its data; if it has a PIN, the session must have selected it',
  success: { status: 204, description: 'The profile was deleted' },
  errors: ['PROFILE_NOT_SELECTED', 'PROFILE_LIMITED', 'PROFILE_NOT_FOUND', 'PROFILE_REQUIRED', 'PIN_REQUIRED'],
});

export const setProfilePin = defineOperation({
  ...oneProfile,
  operationId: 'setProfilePin',
  method: 'PUT',
  path: '/v1/profiles/:id/pin',
  summary:
    'Set or replace the PIN of a profile; if it has a PIN, the session must have selected it. Other sessions must select it again',
  rateLimits: SIGN_IN_LIMITS,
  recordsClient: true,
  body: z.strictObject({ pin }).meta({ id: 'NewPin', examples: [{ pin: '0123' }] }),
  success: { status: 204, description: 'The profile has this PIN' },
  errors: ['PROFILE_NOT_SELECTED', 'PROFILE_LIMITED', 'PROFILE_NOT_FOUND', 'PIN_REQUIRED', 'OVERLOADED'],
});

export const removeProfilePin = defineOperation({
  ...oneProfile,
  operationId: 'removeProfilePin',
  method: 'POST',
  idempotency: { notStored: 'the PIN remains removed, and each request checks the password' },
  path: '/v1/profiles/:id/pin-removal',
  summary: 'Remove a PIN, for example a forgotten one, with the password of the account',
  rateLimits: SIGN_IN_LIMITS,
  recordsClient: true,
  body: z
    .strictObject({ password: currentPassword })
    .meta({ id: 'PinRemoval', examples: [{ password: 'correct horse battery' }] }),
  success: { status: 204, description: 'The profile has no PIN' },
  errors: ['PROFILE_NOT_FOUND', 'PASSWORD_WRONG', 'OVERLOADED'],
});

const selection = z
  .object({
    profile,
    accessToken,
    accessExpiresAt: z.iso.datetime(),
  })
  .meta({
    id: 'ProfileSelection',
    examples: [
      {
        profile: exampleProfile,
        accessToken: 'eyJhbGciOiJFZERTQSJ9.eyJzdWIiOiI5YjJmIn0.c2lnbmF0dXJl',
        accessExpiresAt: '2026-06-05T20:30:00.000Z',
      },
    ],
  });

export const selectProfile = defineOperation({
  ...oneProfile,
  operationId: 'selectProfile',
  method: 'POST',
  idempotency: { notStored: 'the profile remains selected, and each request checks the PIN' },
  path: '/v1/profiles/:id/selection',
  summary: 'Select the profile that the session acts for, until it selects another one',
  rateLimits: SIGN_IN_LIMITS,
  body: z
    .strictObject({ pin: pin.optional().describe('Required if the profile has one') })
    .meta({ id: 'NewProfileSelection', examples: [{ pin: '0123' }] }),
  returnsCredentials: true,
  offersCookieSession: true,
  success: {
    status: 200,
    description: 'The profile and a new access token, which replaces the current one',
    schema: selection,
    headers: { 'Set-Cookie': 'The access token, if the request has it as a cookie, or selects a cookie session' },
  },
  errors: ['PROFILE_NOT_FOUND', 'PIN_REQUIRED', 'PIN_WRONG', 'PIN_LOCKED', 'OVERLOADED'],
});

export const householdOperations = [
  createProfile,
  patchProfile,
  deleteProfile,
  setProfilePin,
  removeProfilePin,
  selectProfile,
];
