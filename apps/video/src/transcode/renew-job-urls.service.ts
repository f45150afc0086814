import { Injectable } from '@nestjs/common';
import { CodedError, type transcodeV1 } from '@viernes/contracts';
import { Transactions } from '@viernes/database';
import { AssetRepository } from '../asset/asset.repository.js';
import { JobUrls } from './job-urls.js';
import { TranscodeJobRepository } from './transcode-job.repository.js';

@Injectable()
export class RenewJobUrls {
  constructor(
    private readonly jobs: TranscodeJobRepository,
    private readonly assets: AssetRepository,
    private readonly urls: JobUrls,
    private readonly transactions: Transactions,
  ) {}

  /**
   * Returns new URLs for the same objects. A worker that waits for object storage can need them after
   * JOB_URL_TTL_SECONDS.
   *
   * @throws CodedError LEASE_LOST
   */
  async run(jobId: string, leaseToken: string): Promise<transcodeV1.RenewJobUrlsResponse> {
    const { sourceKey, outputKey } = await this.transactions.run(async (tx) => {
      const job = await this.jobs.lockByLease(tx, jobId, leaseToken);
      if (job?.state !== 'running') throw new CodedError('LEASE_LOST', { jobId });
      const { objectKey } = await this.assets.lock(tx, job.assetId);
      return { sourceKey: objectKey, outputKey: job.outputKey };
    });
    return this.urls.presign(sourceKey, outputKey);
  }
}
