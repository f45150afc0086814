import { Injectable } from '@nestjs/common';
import { Transactions } from '@viernes/database';
import { AssetRepository } from '../asset/asset.repository.js';
import { DiscardedObjectRepository } from './discarded-object.repository.js';
import { TranscodeJobRepository } from './transcode-job.repository.js';

@Injectable()
export class ReleaseJob {
  constructor(
    private readonly jobs: TranscodeJobRepository,
    private readonly assets: AssetRepository,
    private readonly discarded: DiscardedObjectRepository,
    private readonly transactions: Transactions,
  ) {}

  /** Returns the job to its position in the queue. The attempt does not count. @throws CodedError LEASE_LOST */
  async run(jobId: string, leaseToken: string): Promise<void> {
    await this.transactions.run(async (tx) => {
      const job = await this.jobs.lockRunning(tx, jobId, leaseToken);
      await this.discarded.add(tx, job.outputKey);
      await this.jobs.requeue(tx, jobId, job.attempt - 1, 0);
      await this.assets.change(tx, job.assetId);
    });
  }
}
