import { defineOperation } from '@viernes/gateway';
import { uuid } from '@viernes/platform';
import { z } from 'zod';
import { profile } from '../profile/profile.operations.js';
import { email, newPassword, textLine } from '../request/request-fields.js';

export const account = z.object({ id: uuid, email: z.email(), role: z.enum(['viewer', 'editor']) }).meta({
  id: 'Account',
  examples: [{ id: '9b2f0a53-6a1c-4f3e-8a55-0d3c1c0f7e21', email: 'ada@example.com', role: 'viewer' }],
});

export const createAccount = defineOperation({
  operationId: 'createAccount',
  method: 'POST',
  path: '/v1/accounts',
  tag: 'accounts',
  summary: 'Create an account with its first profile',
  auth: 'none',
  body: z
    .strictObject({
      email,
      password: newPassword,
      profileName: textLine(50),
    })
    .meta({
      id: 'NewAccount',
      examples: [{ email: 'ada@example.com', password: 'correct horse battery', profileName: 'Ada' }],
    }),
  success: {
    status: 201,
    description: 'The account and its profiles',
    schema: z.object({ account, profiles: z.array(profile) }).meta({ id: 'CreatedAccount' }),
  },
  errors: ['EMAIL_TAKEN', 'OVERLOADED'],
});

export const accountOperations = [createAccount];
