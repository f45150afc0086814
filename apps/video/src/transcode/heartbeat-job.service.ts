import { Inject, Injectable } from '@nestjs/common';
import { CodedError } from '@viernes/contracts';
import { Transactions, type Transaction } from '@viernes/database';
import { AssetChangePublisher } from '../asset/asset-change-publisher.js';
import { AssetRepository } from '../asset/asset.repository.js';
import { OutageGrace } from './outage-grace.js';
import { TranscodeJobRepository } from './transcode-job.repository.js';
import { TRANSCODE_CONFIG, type TranscodeConfig } from './transcode.config.js';

@Injectable()
export class HeartbeatJob {
  constructor(
    private readonly jobs: TranscodeJobRepository,
    private readonly assets: AssetRepository,
    private readonly changes: AssetChangePublisher,
    private readonly grace: OutageGrace,
    private readonly transactions: Transactions,
    @Inject(TRANSCODE_CONFIG) private readonly config: TranscodeConfig,
  ) {}

  /**
   * Extends the lease and stores the progress.
   *
   * @param progress 0 to 1
   * @returns the new lifetime of the lease in seconds
   * @throws CodedError LEASE_LOST, also if the asset has failed: the job's result is no longer needed
   */
  async run(jobId: string, leaseToken: string, progress: number): Promise<number> {
    const leaseSeconds = this.config.LEASE_SECONDS;
    const renew = async (tx: Transaction): Promise<void> => {
      const renewed = await this.jobs.renewLease(tx, jobId, leaseToken, { progress, leaseSeconds });
      if (!renewed) throw new CodedError('LEASE_LOST', { jobId });
      const { assetId, previousProgress } = renewed;
      const { state } = await this.assets.lock(tx, assetId);
      if (state === 'failed') throw new CodedError('LEASE_LOST', { jobId, assetState: state });
      await this.assets.change(tx, assetId);
      if (toStep(progress) > toStep(previousProgress)) await this.changes.publish(tx, assetId);
    };
    await this.grace.watch(() => this.transactions.run(renew));
    return leaseSeconds;
  }
}

/** Progress is published in tenths, so that the number of events does not depend on the duration of a video. */
function toStep(progress: number): number {
  return Math.floor(progress * 10);
}
