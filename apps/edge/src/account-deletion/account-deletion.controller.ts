import { Controller, Inject, Req, Res } from '@nestjs/common';
import { Handles, Input, RevokedSessions, type InputOf, type RateLimits } from '@viernes/gateway';
import { requireCaller } from '@viernes/platform';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { RATE_LIMITS, type LimitName } from '../gateway/limit-settings.js';
import { consumeLimits } from '../gateway/consume-limits.js';
import { clearCookies } from '../session/session-cookies.js';
import { USER, type UserClient } from '../upstream/upstream.js';
import { deleteAccount } from './account-deletion.operations.js';

@Controller()
export class AccountDeletionController {
  constructor(
    @Inject(USER) private readonly user: UserClient,
    @Inject(RATE_LIMITS) private readonly limits: RateLimits<LimitName>,
    private readonly revoked: RevokedSessions,
  ) {}

  @Handles(deleteAccount)
  async delete(
    @Input(deleteAccount) { body }: InputOf<typeof deleteAccount>,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    await consumeLimits(this.limits, request, requireCaller().accountId);
    const { endedSessionIds } = await this.user.deleteAccount(body);
    await this.revoked.addAll(endedSessionIds);
    clearCookies(request, reply);
  }
}
