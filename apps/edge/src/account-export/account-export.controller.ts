import { addAbortSignal, Readable } from 'node:stream';
import { Controller, Inject, Logger, Req, Res } from '@nestjs/common';
import {
  ConcurrencyLimiter,
  DEFAULT_TIMEOUT_MS,
  Handles,
  Input,
  type InputOf,
  type RateLimits,
} from '@viernes/gateway';
import { requireCaller, runInContext } from '@viernes/platform';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { RATE_LIMITS, type LimitName } from '../gateway/limit-settings.js';
import { consumeLimits } from '../gateway/consume-limits.js';
import { CATALOG, USER, VIDEO, type CatalogClient, type UserClient, type VideoClient } from '../upstream/upstream.js';
import { EXPORT_TIMEOUT_MS, exportAccount } from './account-export.operations.js';
import { openPages, writeDocument, type ReadPage } from './export-document.js';

/** Each download keeps one page per service in memory: usually less than 1 MB, at most 8 MiB. */
const DOWNLOAD_LIMITS = { perKey: 2, total: 20 };

/** Reports an unavailable service as quickly as other operations do. */
const PAGE_LIMITS = { timeoutMs: DEFAULT_TIMEOUT_MS };

@Controller()
export class AccountExportController {
  private readonly logger = new Logger(AccountExportController.name);
  private readonly downloads = new ConcurrencyLimiter('account-export', DOWNLOAD_LIMITS);

  constructor(
    @Inject(USER) private readonly user: UserClient,
    @Inject(VIDEO) private readonly video: VideoClient,
    @Inject(CATALOG) private readonly catalog: CatalogClient,
    @Inject(RATE_LIMITS) private readonly limits: RateLimits<LimitName>,
  ) {}

  /**
   * Fails if a service is unavailable, so that no incomplete export looks complete. After the response has begun, a
   * failure closes the connection, so the client has not received valid JSON.
   */
  @Handles(exportAccount)
  async export(
    @Input(exportAccount) { body }: InputOf<typeof exportAccount>,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { accountId } = requireCaller();
    await consumeLimits(this.limits, request, accountId);
    this.downloads.acquireFor(accountId, reply.raw);
    // The stream requests further pages outside of the context of the request.
    const open = (read: ReadPage) => openPages((cursor) => runInContext(request.requestContext, () => read(cursor)));
    // First, because its first page requires the password.
    const user = await open((cursor) => {
      const password = cursor === '' ? body.password : '';
      return this.user.exportAccount({ password, cursor }, PAGE_LIMITS);
    });
    const [video, catalog] = await Promise.all([
      open((cursor) => this.video.exportAccount({ cursor }, PAGE_LIMITS)),
      open((cursor) => this.catalog.exportAccount({ cursor }, PAGE_LIMITS)),
    ]);
    const document = Readable.from(writeDocument(new Date().toISOString(), { user, video, catalog }));
    document.once('error', (err) => this.logger.warn({ err }, 'account export failed'));
    // Also ends the download of a client that has stopped reading.
    addAbortSignal(AbortSignal.timeout(EXPORT_TIMEOUT_MS), document);
    reply.header('content-disposition', 'attachment; filename="viernes-account.json"');
    void reply.type('application/json; charset=utf-8').send(document);
  }
}
