import { Controller, Inject, Req, Res } from '@nestjs/common';
import { Handles, Input, type InputOf, type RateLimits, type ResponseOf } from '@viernes/gateway';
import { requireCaller } from '@viernes/platform';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { RATE_LIMITS, type LimitName } from '../gateway/limit-settings.js';
import { consumeLimits } from '../gateway/consume-limits.js';
import { CATALOG, USER, VIDEO, type CatalogClient, type UserClient, type VideoClient } from '../upstream/upstream.js';
import { exportAccount } from './account-export.operations.js';

@Controller()
export class AccountExportController {
  constructor(
    @Inject(USER) private readonly user: UserClient,
    @Inject(VIDEO) private readonly video: VideoClient,
    @Inject(CATALOG) private readonly catalog: CatalogClient,
    @Inject(RATE_LIMITS) private readonly limits: RateLimits<LimitName>,
  ) {}

  /** Fails if a service is unavailable: a part of the data must not look like all of it. */
  @Handles(exportAccount)
  async export(
    @Input(exportAccount) { body }: InputOf<typeof exportAccount>,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ResponseOf<typeof exportAccount>> {
    await consumeLimits(this.limits, request, requireCaller().accountId);
    // First, because it checks the password.
    const user = parse(await this.user.exportAccount(body));
    const [video, catalog] = (await Promise.all([this.video.exportAccount({}), this.catalog.exportAccount({})])).map(
      parse,
    );
    reply.header('content-disposition', 'attachment; filename="viernes-account.json"');
    return { exportedAt: new Date().toISOString(), user, video: video ?? {}, catalog: catalog ?? {} };
  }
}

function parse({ dataJson }: { readonly dataJson: string }): Record<string, unknown> {
  return JSON.parse(dataJson) as Record<string, unknown>;
}
