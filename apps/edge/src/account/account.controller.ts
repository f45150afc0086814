import { Controller, Inject, Req } from '@nestjs/common';
import { Handles, Input, selectLanguage, type ResponseOf, type InputOf, type RateLimits } from '@viernes/gateway';
import type { FastifyRequest } from 'fastify';
import { consumeLimits } from '../gateway/consume-limits.js';
import { RATE_LIMITS, type LimitName } from '../gateway/limit-settings.js';
import { toProfileResponse } from '../profile/profile.response.js';
import { required } from '../upstream/required.js';
import { USER, type UserClient } from '../upstream/upstream.js';
import { toAccountResponse } from './account.response.js';
import { createAccount, requestEmailVerification, verifyEmail } from './account.operations.js';

@Controller()
export class AccountController {
  constructor(
    @Inject(USER) private readonly user: UserClient,
    @Inject(RATE_LIMITS) private readonly limits: RateLimits<LimitName>,
  ) {}

  @Handles(createAccount)
  async create(
    @Input(createAccount) { body }: InputOf<typeof createAccount>,
    @Req() request: FastifyRequest,
  ): Promise<ResponseOf<typeof createAccount>> {
    await consumeLimits(this.limits, request);
    const language = body.language ?? selectLanguage(request.headers['accept-language']);
    const { account, profiles } = await this.user.createAccount({ ...body, language });
    return { account: toAccountResponse(required(account, 'account')), profiles: profiles.map(toProfileResponse) };
  }

  @Handles(verifyEmail)
  async verifyEmail(@Input(verifyEmail) { body }: InputOf<typeof verifyEmail>): Promise<void> {
    await this.user.verifyEmail(body);
  }

  @Handles(requestEmailVerification)
  async requestEmailVerification(): Promise<void> {
    await this.user.requestEmailVerification({});
  }
}
