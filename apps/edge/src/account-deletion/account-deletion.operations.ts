import { defineOperation } from '@viernes/gateway';
import { z } from 'zod';
import { SIGN_IN_LIMITS } from '../gateway/consume-limits.js';
import { currentPassword } from '../request/request-fields.js';

export const deleteAccount = defineOperation({
  operationId: 'deleteAccount',
  method: 'POST',
  idempotency: { notStored: 'an account is deleted once' },
  path: '/v1/account/deletion',
  tag: 'accounts',
  summary:
    'Delete the account and its data, except published titles and videos; a profile without a maximum age must be selected',
  rateLimits: SIGN_IN_LIMITS,
  auth: 'required',
  scope: 'none',
  recordsClient: true,
  body: z
    .strictObject({ password: currentPassword })
    .meta({ id: 'AccountDeletion', examples: [{ password: 'correct horse battery' }] }),
  success: {
    status: 202,
    description: 'All sessions and API keys have ended, and the data will be deleted',
    headers: { 'Set-Cookie': 'Removes the cookies of the session' },
  },
  errors: ['PASSWORD_WRONG', 'LAST_ADMIN', 'PROFILE_NOT_SELECTED', 'PROFILE_LIMITED', 'OVERLOADED'],
});

export const accountDeletionOperations = [deleteAccount];
