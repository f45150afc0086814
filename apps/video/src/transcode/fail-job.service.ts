import { Inject, Injectable } from '@nestjs/common';
import { CodedError, isTransient, type ErrorCode } from '@viernes/contracts';
import { Transactions } from '@viernes/database';
import { retryDelayMs } from '@viernes/platform';
import { AssetRepository } from '../asset/asset.repository.js';
import { AssetProgress } from './asset-progress.js';
import { DiscardedObjectRepository } from './discarded-object.repository.js';
import { TranscodeJobRepository } from './transcode-job.repository.js';
import { TRANSCODE_CONFIG, type TranscodeConfig } from './transcode.config.js';

const MAX_DELAY_MS = 60_000;

export interface AttemptFailure {
  readonly code: ErrorCode;
  /** False if another attempt would fail in the same way. */
  readonly isRetryable: boolean;
}

@Injectable()
export class FailJob {
  constructor(
    private readonly jobs: TranscodeJobRepository,
    private readonly assets: AssetRepository,
    private readonly discarded: DiscardedObjectRepository,
    private readonly progress: AssetProgress,
    private readonly transactions: Transactions,
    @Inject(TRANSCODE_CONFIG) private readonly config: TranscodeConfig,
  ) {}

  /**
   * Queues the job again, or fails it if it is not retryable or this was attempt MAX_ATTEMPTS. An attempt that failed
   * because a dependency of the worker was unavailable does not count.
   *
   * @throws CodedError LEASE_LOST
   */
  async run(jobId: string, leaseToken: string, { code, isRetryable }: AttemptFailure): Promise<void> {
    const { MAX_ATTEMPTS, RETRY_BASE_MS } = this.config;
    const isCounted = !isTransient(new CodedError(code));
    await this.transactions.run(async (tx) => {
      const job = await this.jobs.lockRunning(tx, jobId, leaseToken);
      const isLast = !isRetryable || job.attempt >= MAX_ATTEMPTS;
      if (isCounted && isLast) return this.progress.failJob(tx, job, code);
      await this.discarded.add(tx, job.outputKey);
      const delayMs = retryDelayMs(job.attempt, RETRY_BASE_MS, MAX_DELAY_MS);
      await this.jobs.requeue(tx, jobId, isCounted ? job.attempt : job.attempt - 1, delayMs);
      await this.assets.change(tx, job.assetId);
    });
  }
}
