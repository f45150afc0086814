import { Injectable } from '@nestjs/common';
import { CodedError } from '@viernes/contracts';
import { Transactions } from '@viernes/database';
import { AssetRepository } from '../asset/asset.repository.js';
import { DiscardedObjects } from './discarded-objects.js';
import { TranscodeJobRepository } from './transcode-job.repository.js';

@Injectable()
export class ReleaseJob {
  constructor(
    private readonly jobs: TranscodeJobRepository,
    private readonly assets: AssetRepository,
    private readonly discarded: DiscardedObjects,
    private readonly transactions: Transactions,
  ) {}

  /** Back into the queue at its old place, as if the attempt had not been. @throws CodedError LEASE_LOST */
  async run(jobId: string, leaseToken: string): Promise<void> {
    await this.transactions.run(async (tx) => {
      const job = await this.jobs.lockByLease(tx, jobId, leaseToken);
      if (job?.state !== 'running') throw new CodedError('LEASE_LOST', { jobId });
      await this.discarded.add(tx, job.outputKey);
      await this.jobs.requeue(tx, jobId, job.attempt - 1, 0);
      await this.assets.change(tx, job.assetId);
    });
  }
}
