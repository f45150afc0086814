import { Inject, Injectable } from '@nestjs/common';
import { CodedError } from '@viernes/contracts';
import { Transactions } from '@viernes/database';
import { AssetRepository } from '../asset/asset.repository.js';
import { VIDEO_CONFIG, type VideoConfig } from '../config.js';
import { TranscodeJobRepository } from './transcode-job.repository.js';

@Injectable()
export class HeartbeatJob {
  constructor(
    private readonly jobs: TranscodeJobRepository,
    private readonly assets: AssetRepository,
    private readonly transactions: Transactions,
    @Inject(VIDEO_CONFIG) private readonly config: VideoConfig,
  ) {}

  /**
   * @param progress 0 to 1
   * @returns for how many seconds the job is the worker's from now on
   * @throws CodedError LEASE_LOST, also where the asset has failed meanwhile: the work would be for nothing
   */
  async run(jobId: string, leaseToken: string, progress: number): Promise<number> {
    const leaseSeconds = this.config.LEASE_SECONDS;
    await this.transactions.run(async (tx) => {
      const assetId = await this.jobs.renew(tx, jobId, leaseToken, { progress, leaseSeconds });
      if (assetId === undefined) throw new CodedError('LEASE_LOST', { jobId });
      const { state } = await this.assets.lock(tx, assetId);
      if (state === 'failed') throw new CodedError('LEASE_LOST', { jobId, asset: state });
      await this.assets.change(tx, assetId);
    });
    return leaseSeconds;
  }
}
