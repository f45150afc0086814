import { Injectable } from '@nestjs/common';
import { CodedError, type FieldError } from '@viernes/contracts';
import { Transactions, type Transaction } from '@viernes/database';
import { averageBandwidthBps, peakBandwidthBps } from '@viernes/media';
import { ObjectStore } from '@viernes/storage';
import { AssetRepository } from '../asset/asset.repository.js';
import type { StoredRendition } from '../asset/rendition.js';
import { RenditionRepository } from '../asset/rendition.repository.js';
import { AssetProgress } from './asset-progress.js';
import { planRenditions, type SourceProperties } from './rendition-plan.js';
import type { TranscodeJob } from './transcode-job.js';
import { TranscodeJobRepository } from './transcode-job.repository.js';

type EncodedRendition = Pick<StoredRendition, 'sizeBytes' | 'initSegment' | 'segments'>;

export type JobResult =
  | { readonly kind: 'probe'; readonly probe: SourceProperties }
  | { readonly kind: 'rendition'; readonly rendition: EncodedRendition };

@Injectable()
export class CompleteJob {
  constructor(
    private readonly jobs: TranscodeJobRepository,
    private readonly assets: AssetRepository,
    private readonly renditions: RenditionRepository,
    private readonly progress: AssetProgress,
    private readonly objects: ObjectStore,
    private readonly transactions: Transactions,
  ) {}

  /**
   * Stores the result of a job. Idempotent for the token of the successful attempt.
   *
   * @throws CodedError LEASE_LOST; REQUEST_INVALID if the result has another kind or its object is not stored
   */
  async run(jobId: string, leaseToken: string, result: JobResult): Promise<void> {
    const job = await this.transactions.run((tx) => this.jobs.lockByLease(tx, jobId, leaseToken));
    if (job.state === 'succeeded') return;
    if ((job.kind === 'probe') !== (result.kind === 'probe'))
      throw invalid({ path: 'result', reason: 'jobKind', values: { kind: job.kind } });
    // Runs before the transaction, which must not wait for object storage.
    if (result.kind === 'rendition') await this.verifyStored(job, result.rendition);

    await this.transactions.run(async (tx) => {
      const locked = await this.jobs.lockByLease(tx, jobId, leaseToken);
      if (locked.state === 'succeeded') return;
      await this.jobs.succeed(tx, jobId);
      if (result.kind === 'probe') await this.enqueueRenditions(tx, locked.assetId, result.probe);
      else await this.storeRendition(tx, locked, result.rendition);
    });
  }

  private async enqueueRenditions(tx: Transaction, assetId: string, probe: SourceProperties): Promise<void> {
    const { durationMs, demuxer } = probe;
    await this.assets.lock(tx, assetId);
    await this.assets.change(tx, assetId, { state: 'processing', durationMs, demuxer });
    const renditions = planRenditions(assetId, probe);
    await this.renditions.insert(tx, renditions);
    await this.jobs.enqueueRenditions(tx, renditions);
  }

  private async storeRendition(tx: Transaction, job: TranscodeJob, rendition: EncodedRendition): Promise<void> {
    const { assetId, renditionId, outputKey } = job;
    if (renditionId === null || outputKey === null) throw new CodedError('INTERNAL', { jobId: job.id });
    await this.renditions.setStored(tx, renditionId, {
      ...rendition,
      objectKey: outputKey,
      peakBandwidthBps: peakBandwidthBps(rendition.segments),
      averageBandwidthBps: averageBandwidthBps(rendition.segments),
    });
    await this.progress.update(tx, assetId);
  }

  /** A playlist must never list bytes that are not stored. */
  private async verifyStored({ outputKey }: TranscodeJob, { sizeBytes }: EncodedRendition): Promise<void> {
    const stored = outputKey === null ? undefined : await this.objects.head(outputKey);
    if (!stored) throw invalid({ path: 'rendition', reason: 'notStored' });
    if (stored.sizeBytes !== sizeBytes) {
      throw invalid({ path: 'rendition.sizeBytes', reason: 'storedSize', values: { size: stored.sizeBytes } });
    }
  }
}

function invalid(error: FieldError): CodedError {
  return new CodedError('REQUEST_INVALID', {}, { fieldErrors: [error] });
}
