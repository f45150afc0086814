import { Injectable } from '@nestjs/common';
import { CodedError, type transcodeV1 } from '@viernes/contracts';
import { Transactions, type Transaction } from '@viernes/database';
import { averageBandwidthBps, peakBandwidthBps, type ByteRange, type MediaSegment } from '@viernes/media';
import { ObjectStore } from '@viernes/storage';
import { RenditionRepository } from '../asset/rendition.repository.js';
import { AssetProgress } from './asset-progress.js';
import { PlanRenditions } from './plan-renditions.service.js';
import type { TranscodeJobEntity } from './transcode-job.entity.js';
import { TranscodeJobRepository } from './transcode-job.repository.js';

export interface FinishedRendition {
  readonly sizeBytes: number;
  readonly initSegment: ByteRange;
  readonly segments: MediaSegment[];
}

export type JobResult =
  | { readonly kind: 'probe'; readonly probe: transcodeV1.ProbeResult }
  | { readonly kind: 'rendition'; readonly rendition: FinishedRendition };

@Injectable()
export class CompleteJob {
  constructor(
    private readonly jobs: TranscodeJobRepository,
    private readonly renditions: RenditionRepository,
    private readonly planRenditions: PlanRenditions,
    private readonly progress: AssetProgress,
    private readonly objects: ObjectStore,
    private readonly transactions: Transactions,
  ) {}

  /**
   * Takes a job's result over. Safe to repeat with the token of the attempt that succeeded.
   *
   * @throws CodedError LEASE_LOST, REQUEST_INVALID where the result is not this job's or its bytes are not stored
   */
  async run(jobId: string, leaseToken: string, result: JobResult): Promise<void> {
    const job = await this.transactions.run((tx) => this.held(tx, jobId, leaseToken));
    if (job.state === 'succeeded') return;
    if ((job.kind === 'probe') !== (result.kind === 'probe')) throw invalid('result', `is not of a ${job.kind} job`);
    if (result.kind === 'rendition') await this.checkStored(job, result.rendition);

    await this.transactions.run(async (tx) => {
      const { state, assetId, renditionId, outputKey } = await this.held(tx, jobId, leaseToken);
      if (state === 'succeeded') return;
      await this.jobs.succeed(tx, jobId);
      if (result.kind === 'probe') return this.planRenditions.run(tx, assetId, result.probe);
      await this.renditions.finish(tx, renditionId ?? '', {
        ...result.rendition,
        objectKey: outputKey,
        peakBandwidthBps: peakBandwidthBps(result.rendition.segments),
        averageBandwidthBps: averageBandwidthBps(result.rendition.segments),
      });
      await this.progress.settle(tx, assetId);
    });
  }

  private async held(tx: Transaction, jobId: string, leaseToken: string): Promise<TranscodeJobEntity> {
    const job = await this.jobs.lockByLease(tx, jobId, leaseToken);
    if (!job) throw new CodedError('LEASE_LOST', { jobId });
    return job;
  }

  /** Before it is published: a playlist must never name bytes that are not there. */
  private async checkStored({ outputKey }: TranscodeJobEntity, { sizeBytes }: FinishedRendition): Promise<void> {
    const stored = outputKey === null ? undefined : await this.objects.head(outputKey);
    if (!stored) throw invalid('rendition', 'is not stored at the output address');
    if (stored.sizeBytes !== sizeBytes)
      throw invalid('rendition.sizeBytes', `but ${stored.sizeBytes} bytes are stored`);
  }
}

function invalid(path: string, message: string): CodedError {
  return new CodedError('REQUEST_INVALID', {}, { fieldErrors: [{ path, message }] });
}
