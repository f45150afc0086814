import { PLAN_NAME } from '@viernes/contracts';
import { defineOperation } from '@viernes/gateway';
import { uuid } from '@viernes/platform';
import { z } from 'zod';
import { account } from '../account/account.operations.js';

const limits = {
  name: z.string(),
  rate: z.number().describe('Requests per second in the long run'),
  burst: z.int().describe('Requests that are admitted in a burst after a pause'),
  callsPerMonth: z.int().nullable().describe('Requests per calendar month (UTC). Null: unlimited'),
};

export const getPlan = defineOperation({
  operationId: 'getPlan',
  method: 'GET',
  path: '/v1/account/plan',
  tag: 'accounts',
  summary: 'Get the limits of the account and of the API key, and the remaining requests',
  auth: 'required',
  scope: 'any',
  quota: 'exempt',
  success: {
    status: 200,
    description: 'The plan and its budgets',
    schema: z
      .object({
        name: limits.name,
        monthEndsAt: z.iso.datetime(),
        budgets: z
          .array(
            z.object({
              ...limits,
              remaining: z.int().nullable().describe('Requests that are admitted now. Null: temporarily unknown'),
              remainingCalls: z
                .int()
                .nullable()
                .describe('Remaining requests of this month. Null: unlimited, or temporarily unknown'),
            }),
          )
          .describe(
            'The budget of the account, then that of the API key if it has one. Each request counts towards all of them',
          ),
      })
      .meta({ id: 'AccountPlan' }),
  },
  errors: ['PROFILE_NOT_SELECTED', 'PROFILE_LIMITED'],
});

export const listPlans = defineOperation({
  operationId: 'listPlans',
  method: 'GET',
  path: '/v1/plans',
  tag: 'accounts',
  summary: 'List the plans that accounts can have (admins)',
  auth: 'required',
  scope: 'none',
  role: 'admin',
  success: {
    status: 200,
    description: 'The plans',
    schema: z.object({ plans: z.array(z.object(limits)) }).meta({ id: 'PlanList' }),
  },
  errors: [],
});

export const changePlan = defineOperation({
  operationId: 'changePlan',
  method: 'PUT',
  path: '/v1/accounts/:id/plan',
  tag: 'accounts',
  summary: 'Change the plan of an account (admins); applies to API keys within 30 s, to sessions within 15 minutes',
  auth: 'required',
  scope: 'none',
  role: 'admin',
  recordsClient: true,
  params: z.strictObject({ id: uuid }),
  body: z
    .strictObject({ plan: z.string().regex(PLAN_NAME) })
    .meta({ id: 'PlanChange', examples: [{ plan: 'partner' }] }),
  success: { status: 200, description: 'The updated account', schema: account },
  errors: ['ACCOUNT_NOT_FOUND'],
});

export const planOperations = [getPlan, listPlans, changePlan];
