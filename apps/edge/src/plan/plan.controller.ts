import { Controller, Inject, Req } from '@nestjs/common';
import { CodedError } from '@viernes/contracts';
import { Handles, Input, monthOf, Plans, type InputOf, type Plan, type ResponseOf } from '@viernes/gateway';
import { assertUnlimitedProfile } from '@viernes/platform';
import type { FastifyRequest } from 'fastify';
import { toAccountResponse } from '../account/account.response.js';
import { required } from '../upstream/required.js';
import { USER, type UserClient } from '../upstream/upstream.js';
import { changePlan, getPlan, listPlans } from './plan.operations.js';

@Controller()
export class PlanController {
  constructor(
    @Inject(USER) private readonly user: UserClient,
    private readonly plans: Plans,
  ) {}

  @Handles(getPlan)
  async get(@Req() { caller }: FastifyRequest): Promise<ResponseOf<typeof getPlan>> {
    if (!caller) throw new CodedError('UNAUTHENTICATED');
    assertUnlimitedProfile(caller);
    const budgets = await this.plans.read(caller);
    return {
      name: required(budgets[0], 'plan').plan.name,
      monthEndsAt: new Date(monthOf(Date.now()).endsAtMs).toISOString(),
      budgets: budgets.map(({ plan, remaining }) => ({
        ...toLimits(plan),
        remaining: remaining?.remaining ?? null,
        remainingCalls: plan.callsPerMonth === undefined ? null : (remaining?.remainingCalls ?? null),
      })),
    };
  }

  @Handles(listPlans)
  list(): ResponseOf<typeof listPlans> {
    return { plans: this.plans.ofAccounts.map(toLimits) };
  }

  @Handles(changePlan)
  async change(
    @Input(changePlan) { params, body: { plan } }: InputOf<typeof changePlan>,
  ): Promise<ResponseOf<typeof changePlan>> {
    const names = this.plans.ofAccounts.map(({ name }) => name);
    if (!names.includes(plan)) {
      const fieldErrors = [{ path: 'plan', reason: 'options', values: { options: names.join(', ') } } as const];
      throw new CodedError('REQUEST_INVALID', {}, { fieldErrors });
    }
    const { account } = await this.user.changePlan({ accountId: params.id, plan });
    return toAccountResponse(required(account, 'account'));
  }
}

function toLimits({ name, rate, burst, callsPerMonth }: Plan): ResponseOf<typeof listPlans>['plans'][number] {
  return { name, rate, burst, callsPerMonth: callsPerMonth ?? null };
}
