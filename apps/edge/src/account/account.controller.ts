import { Controller, Inject, Req } from '@nestjs/common';
import { addressKey, Handles, Input, type AnswerOf, type InputOf, type RateLimits } from '@viernes/gateway';
import type { FastifyRequest } from 'fastify';
import { LIMITS, type LimitName } from '../limits.js';
import { profileAnswer } from '../profile/profile.answer.js';
import { present } from '../upstream/present.js';
import { USER, type UserClient } from '../upstream/upstream.js';
import { accountAnswer } from './account.answer.js';
import { createAccount } from './account.operations.js';

@Controller()
export class AccountController {
  constructor(
    @Inject(USER) private readonly user: UserClient,
    @Inject(LIMITS) private readonly limits: RateLimits<LimitName>,
  ) {}

  @Handles(createAccount)
  async create(
    @Input(createAccount) { body }: InputOf<typeof createAccount>,
    @Req() request: FastifyRequest,
  ): Promise<AnswerOf<typeof createAccount>> {
    await this.limits.consume('sign-up-address', addressKey(request.ip));
    const { account, profiles } = await this.user.createAccount(body);
    return { account: accountAnswer(present(account, 'account')), profiles: profiles.map(profileAnswer) };
  }
}
