import { defineOperation } from '@viernes/gateway';
import { z } from 'zod';
import { profile } from '../profile/profile.operations.js';

export const account = z
  .object({ id: z.uuid(), email: z.email(), role: z.enum(['viewer', 'editor']) })
  .meta({ id: 'Account' });

export const createAccount = defineOperation({
  operationId: 'createAccount',
  method: 'POST',
  path: '/v1/accounts',
  tag: 'accounts',
  summary: 'Sign up: an account with its first profile',
  bearer: 'ignored',
  body: z
    .strictObject({
      email: z.email().max(254),
      password: z.string().min(10).max(128),
      profileName: z.string().trim().min(1).max(50),
    })
    .meta({ id: 'NewAccount' }),
  success: {
    status: 201,
    description: 'The account and its profiles',
    schema: z.object({ account, profiles: z.array(profile) }).meta({ id: 'CreatedAccount' }),
  },
  errors: ['EMAIL_TAKEN'],
});

export const accountOperations = [createAccount];
