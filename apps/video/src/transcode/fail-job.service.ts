import { Inject, Injectable } from '@nestjs/common';
import { CodedError, isTransient, type ErrorCode } from '@viernes/contracts';
import { Transactions } from '@viernes/database';
import { retryDelayMs } from '@viernes/platform';
import { AssetRepository } from '../asset/asset.repository.js';
import { VIDEO_CONFIG, type VideoConfig } from '../config.js';
import { DiscardedObjects } from './discarded-objects.js';
import { JobFailure } from './job-failure.js';
import { TranscodeJobRepository } from './transcode-job.repository.js';

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
    private readonly discarded: DiscardedObjects,
    private readonly failure: JobFailure,
    private readonly transactions: Transactions,
    @Inject(VIDEO_CONFIG) private readonly config: VideoConfig,
  ) {}

  /**
   * Queues the job again, or fails it if it is not retryable or this was attempt MAX_ATTEMPTS. An attempt that failed
   * because a dependency of the worker was unavailable does not count.
   *
   * @throws CodedError LEASE_LOST
   */
  async run(jobId: string, leaseToken: string, { code, isRetryable }: AttemptFailure): Promise<void> {
    const { MAX_ATTEMPTS, RETRY_BASE_MS } = this.config;
    const isInfrastructure = isTransient(new CodedError(code));
    await this.transactions.run(async (tx) => {
      const job = await this.jobs.lockByLease(tx, jobId, leaseToken);
      if (job?.state !== 'running') throw new CodedError('LEASE_LOST', { jobId });
      const isExhausted = !isInfrastructure && (!isRetryable || job.attempt >= MAX_ATTEMPTS);
      if (isExhausted) return this.failure.record(tx, job, code);
      await this.discarded.add(tx, job.outputKey);
      const attempt = isInfrastructure ? job.attempt - 1 : job.attempt;
      await this.jobs.requeue(tx, jobId, attempt, retryDelayMs(job.attempt, RETRY_BASE_MS, MAX_DELAY_MS));
      await this.assets.change(tx, job.assetId);
    });
  }
}
