import { Injectable } from '@nestjs/common';
import { Transactions } from '@viernes/database';
import { AssetRepository } from '../asset/asset.repository.js';
import { JobUrlSigner, type JobUrls } from './job-url-signer.js';
import { TranscodeJobRepository } from './transcode-job.repository.js';

@Injectable()
export class RenewJobUrls {
  constructor(
    private readonly jobs: TranscodeJobRepository,
    private readonly assets: AssetRepository,
    private readonly urls: JobUrlSigner,
    private readonly transactions: Transactions,
  ) {}

  /**
   * Returns new URLs for the same objects. A worker that waits for object storage can need them after JOB_URL_TTL_SECONDS.
   *
   * @throws CodedError LEASE_LOST
   */
  async run(jobId: string, leaseToken: string): Promise<JobUrls> {
    return this.transactions.run(async (tx) => {
      const { assetId, outputKey } = await this.jobs.lockRunning(tx, jobId, leaseToken);
      const { objectKey } = await this.assets.get(tx, assetId);
      return this.urls.sign(objectKey, outputKey);
    });
  }
}
