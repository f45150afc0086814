import { defineOperation } from '@viernes/gateway';
import { fieldError, ROLES, uuid } from '@viernes/platform';
import { z } from 'zod';
import { account } from '../account/account.operations.js';
import { nextCursor, pageQuery } from '../request/request-fields.js';

export const listAccounts = defineOperation({
  operationId: 'listAccounts',
  method: 'GET',
  path: '/v1/accounts',
  tag: 'accounts',
  summary: 'List accounts by email (admins)',
  auth: 'required',
  scope: 'none',
  role: 'admin',
  query: z.strictObject({
    email: z
      .string()
      .max(254)
      .regex(/^[\x20-\x7E]*$/, fieldError('ascii'))
      .optional()
      .describe('Start of the email'),
    ...pageQuery,
  }),
  success: {
    status: 200,
    description: 'A page of accounts',
    schema: z.object({ accounts: z.array(account), nextCursor }).meta({ id: 'AccountPage' }),
  },
  errors: ['CURSOR_INVALID'],
});

export const changeRole = defineOperation({
  operationId: 'changeRole',
  method: 'PUT',
  path: '/v1/accounts/:id/role',
  tag: 'accounts',
  summary: 'Change the role of another account (admins); a lower role ends all its sessions',
  auth: 'required',
  scope: 'none',
  role: 'admin',
  recordsClient: true,
  params: z.strictObject({ id: uuid }),
  body: z.strictObject({ role: z.enum(ROLES) }).meta({ id: 'RoleChange', examples: [{ role: 'editor' }] }),
  success: { status: 200, description: 'The updated account', schema: account },
  errors: ['ACCOUNT_NOT_FOUND', 'OWN_ROLE'],
});

export const accountAdminOperations = [listAccounts, changeRole];
