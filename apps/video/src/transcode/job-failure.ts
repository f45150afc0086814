import { Injectable } from '@nestjs/common';
import type { ErrorCode } from '@viernes/contracts';
import type { Transaction } from '@viernes/database';
import { AssetProgress } from './asset-progress.js';
import { DiscardedObjects } from './discarded-objects.js';
import type { Candidate } from './transcode-job.repository.js';
import { TranscodeJobRepository } from './transcode-job.repository.js';

/** What the end of a job's last attempt does to its asset. */
@Injectable()
export class JobFailure {
  constructor(
    private readonly jobs: TranscodeJobRepository,
    private readonly discarded: DiscardedObjects,
    private readonly progress: AssetProgress,
  ) {}

  /** For good. @param job locked by this transaction */
  async record(tx: Transaction, job: Candidate, code: ErrorCode): Promise<void> {
    await this.jobs.fail(tx, job.id, code);
    await this.discarded.add(tx, job.outputKey);
    if (job.kind === 'probe') await this.progress.fail(tx, job.assetId, code);
    else await this.progress.settle(tx, job.assetId, code);
  }
}
