import { randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { Transactions, type Transaction } from '@viernes/database';
import { currentContext, Shutdown, sleep, withoutDeadline } from '@viernes/platform';
import type { Asset } from '../asset/asset.js';
import { AssetChangePublisher } from '../asset/asset-change-publisher.js';
import { AssetRepository } from '../asset/asset.repository.js';
import type { PlannedRendition } from '../asset/rendition.js';
import { RenditionRepository } from '../asset/rendition.repository.js';
import { AssetProgress } from './asset-progress.js';
import { DiscardedObjectRepository } from './discarded-object.repository.js';
import { JobUrlSigner, type JobUrls } from './job-url-signer.js';
import { OutageGrace } from './outage-grace.js';
import { ReleaseJob } from './release-job.service.js';
import type { TranscodeJob } from './transcode-job.js';
import { TranscodeJobRepository } from './transcode-job.repository.js';
import { TRANSCODE_CONFIG, type TranscodeConfig } from './transcode.config.js';

export interface LeasedJob {
  readonly id: string;
  readonly attempt: number;
  readonly leaseToken: string;
  readonly leaseSeconds: number;
  readonly asset: Asset;
  /** Undefined for a probe. */
  readonly rendition: PlannedRendition | undefined;
  /** Null for a probe. */
  readonly outputKey: string | null;
  readonly urls: JobUrls;
  readonly traceparent: string | null;
}

export interface LeaseOptions {
  readonly workerId: string;
  readonly waitSeconds: number;
  /** Aborts if the worker disconnects. A job leased to it would only wait for its lease to expire. */
  readonly cancelled: AbortSignal;
}

const POLL_INTERVAL_MS = 500;
/** Time before the deadline that is reserved for the response. */
const RESPONSE_MARGIN_MS = 500;

@Injectable()
export class LeaseJob {
  constructor(
    private readonly jobs: TranscodeJobRepository,
    private readonly assets: AssetRepository,
    private readonly changes: AssetChangePublisher,
    private readonly renditions: RenditionRepository,
    private readonly progress: AssetProgress,
    private readonly discarded: DiscardedObjectRepository,
    private readonly urls: JobUrlSigner,
    private readonly releaseJob: ReleaseJob,
    private readonly grace: OutageGrace,
    private readonly transactions: Transactions,
    private readonly shutdown: Shutdown,
    @Inject(TRANSCODE_CONFIG) private readonly config: TranscodeConfig,
  ) {}

  /** @returns a job for this worker only, or undefined if none is available within `waitSeconds` */
  async run({ workerId, waitSeconds, cancelled }: LeaseOptions): Promise<LeasedJob | undefined> {
    const deadlineAt = currentContext().deadlineAt ?? Infinity;
    const waitUntil = Math.min(Date.now() + waitSeconds * 1000, deadlineAt - RESPONSE_MARGIN_MS);
    const signal = AbortSignal.any([cancelled, this.shutdown.signal]);
    while (!signal.aborted) {
      const outcome = await this.grace.watch(() => this.transactions.run((tx) => this.leaseNext(tx, workerId)));
      if (typeof outcome === 'object') return cancelled.aborted ? this.release(outcome) : outcome;
      if (outcome === 'retry') continue;
      if (Date.now() + POLL_INTERVAL_MS > waitUntil) return undefined;
      await sleep(POLL_INTERVAL_MS, signal);
    }
    return undefined;
  }

  private async release({ id, leaseToken }: LeasedJob): Promise<undefined> {
    await withoutDeadline(() => this.releaseJob.run(id, leaseToken));
  }

  /** Processes one job per transaction, so that its locks are few and always taken in the same order. */
  private async leaseNext(tx: Transaction, workerId: string): Promise<LeasedJob | 'retry' | 'empty'> {
    const job = await this.jobs.lockNext(tx, this.grace.isActive ? ['queued'] : ['queued', 'running']);
    if (!job) return 'empty';
    if (job.attempt >= this.config.MAX_ATTEMPTS) {
      // The worker of the last attempt stopped responding. A job that kills its workers must not be leased indefinitely.
      await this.progress.failJob(tx, job, 'TRANSCODE_FAILED');
      return 'retry';
    }
    const asset = await this.assets.lock(tx, job.assetId);
    if (asset.state === 'failed') {
      await this.jobs.fail(tx, job.id, asset.failureCode ?? 'TRANSCODE_FAILED');
      await this.discarded.add(tx, job.outputKey);
      return 'retry';
    }
    return this.lease(tx, job, asset, workerId);
  }

  private async lease(tx: Transaction, job: TranscodeJob, asset: Asset, workerId: string): Promise<LeasedJob> {
    await this.discarded.add(tx, job.outputKey);
    const leaseToken = randomUUID();
    const outputKey = job.kind === 'probe' ? null : `renditions/${asset.id}/${randomUUID()}.mp4`;
    const leaseSeconds = this.config.LEASE_SECONDS;
    const attempt = await this.jobs.lease(tx, job, { leaseToken, workerId, leaseSeconds, outputKey });
    const isFirst = asset.state === 'uploaded';
    await this.assets.change(tx, asset.id, isFirst ? { state: 'processing' } : {});
    if (isFirst) await this.changes.publish(tx, asset.id);
    const rendition = job.renditionId === null ? undefined : await this.renditions.get(tx, job.renditionId);
    const urls = await this.urls.sign(asset.objectKey, outputKey);
    const { id, traceparent } = job;
    return { id, attempt, leaseToken, leaseSeconds, asset, rendition, outputKey, urls, traceparent };
  }
}
