import { Controller, Inject, Req } from '@nestjs/common';
import { Handles, Input, RevokedSessions, type InputOf, type RateLimits } from '@viernes/gateway';
import { requireCaller } from '@viernes/platform';
import type { FastifyRequest } from 'fastify';
import { RATE_LIMITS, type LimitName } from '../gateway/limit-settings.js';
import { consumeLimits } from '../gateway/consume-limits.js';
import { USER, type UserClient } from '../upstream/upstream.js';
import { changeEmail, changePassword, requestPasswordReset, resetPassword } from './password.operations.js';

@Controller()
export class PasswordController {
  constructor(
    @Inject(USER) private readonly user: UserClient,
    @Inject(RATE_LIMITS) private readonly limits: RateLimits<LimitName>,
    private readonly revoked: RevokedSessions,
  ) {}

  @Handles(requestPasswordReset)
  async requestReset(
    @Input(requestPasswordReset) { body }: InputOf<typeof requestPasswordReset>,
    @Req() request: FastifyRequest,
  ): Promise<void> {
    await consumeLimits(this.limits, request, body.email);
    await this.user.requestPasswordReset(body);
  }

  @Handles(resetPassword)
  async reset(
    @Input(resetPassword) { body }: InputOf<typeof resetPassword>,
    @Req() request: FastifyRequest,
  ): Promise<void> {
    await consumeLimits(this.limits, request);
    const { endedSessionIds } = await this.user.resetPassword(body);
    await this.revoked.addAll(endedSessionIds);
  }

  @Handles(changePassword)
  async change(
    @Input(changePassword) { body }: InputOf<typeof changePassword>,
    @Req() request: FastifyRequest,
  ): Promise<void> {
    await consumeLimits(this.limits, request, requireCaller().accountId);
    const { endedSessionIds } = await this.user.changePassword(body);
    await this.revoked.addAll(endedSessionIds);
  }

  @Handles(changeEmail)
  async changeEmail(
    @Input(changeEmail) { body }: InputOf<typeof changeEmail>,
    @Req() request: FastifyRequest,
  ): Promise<void> {
    await consumeLimits(this.limits, request, requireCaller().accountId);
    await this.user.changeEmail(body);
  }
}
