import { Controller, Inject, Res } from '@nestjs/common';
import { Handles, type ResponseOf } from '@viernes/gateway';
import type { FastifyReply } from 'fastify';
import { CATALOG, USER, VIDEO, type CatalogClient, type UserClient, type VideoClient } from '../upstream/upstream.js';
import { exportAccount } from './account-export.operations.js';

@Controller()
export class AccountExportController {
  constructor(
    @Inject(USER) private readonly user: UserClient,
    @Inject(VIDEO) private readonly video: VideoClient,
    @Inject(CATALOG) private readonly catalog: CatalogClient,
  ) {}

  /** Fails if a service is unavailable: a part of the data must not look like all of it. */
  @Handles(exportAccount)
  async export(@Res({ passthrough: true }) reply: FastifyReply): Promise<ResponseOf<typeof exportAccount>> {
    const [user, video, catalog] = await Promise.all(
      [this.user, this.video, this.catalog].map(async (service) => {
        const { dataJson } = await service.exportAccount({});
        return JSON.parse(dataJson) as Record<string, unknown>;
      }),
    );
    reply.header('content-disposition', 'attachment; filename="viernes-account.json"');
    return { exportedAt: new Date().toISOString(), user: user ?? {}, video: video ?? {}, catalog: catalog ?? {} };
  }
}
