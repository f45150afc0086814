import { randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { Transactions, type Transaction } from '@viernes/database';
import { currentContext, sleep, Shutdown } from '@viernes/platform';
import { AssetRepository } from '../asset/asset.repository.js';
import type { Asset } from '../asset/asset.js';
import { beyondDeadline } from '../background/beyond-deadline.js';
import { VIDEO_CONFIG, type VideoConfig } from '../config.js';
import { DiscardedObjects } from './discarded-objects.js';
import { JobFailure } from './job-failure.js';
import { ReleaseJob } from './release-job.service.js';
import { TranscodeJobRepository, type Candidate } from './transcode-job.repository.js';

export interface LeasedJob extends Pick<Candidate, 'id' | 'kind' | 'renditionId'> {
  readonly attempt: number;
  readonly leaseToken: string;
  readonly outputKey: string | null;
  readonly asset: Asset;
}

export interface LeaseWish {
  readonly workerId: string;
  readonly waitSeconds: number;
  /** Whether the worker has hung up: a job leased to it would only wait for its lease to run out. */
  readonly isGone: () => boolean;
}

const LOOK_EVERY_MS = 500;
/** Left of the deadline for the answer's way back. */
const ANSWER_MARGIN_MS = 500;

@Injectable()
export class LeaseJob {
  constructor(
    private readonly jobs: TranscodeJobRepository,
    private readonly assets: AssetRepository,
    private readonly failure: JobFailure,
    private readonly discarded: DiscardedObjects,
    private readonly releaseJob: ReleaseJob,
    private readonly transactions: Transactions,
    private readonly shutdown: Shutdown,
    @Inject(VIDEO_CONFIG) private readonly config: VideoConfig,
  ) {}

  /** @returns a job for this worker alone, or undefined where none came in time */
  async run({ workerId, waitSeconds, isGone }: LeaseWish): Promise<LeasedJob | undefined> {
    const deadlineAt = currentContext().deadlineAt ?? Infinity;
    const waitUntil = Math.min(Date.now() + waitSeconds * 1000, deadlineAt - ANSWER_MARGIN_MS);
    const { signal } = this.shutdown;
    while (!isGone() && !signal.aborted) {
      const outcome = await this.transactions.run((tx) => this.takeNext(tx, workerId));
      if (typeof outcome === 'object') return isGone() ? this.giveBack(outcome) : outcome;
      if (outcome === 'look again') continue;
      if (Date.now() + LOOK_EVERY_MS > waitUntil) return undefined;
      await sleep(LOOK_EVERY_MS, signal);
    }
    return undefined;
  }

  private async giveBack({ id, leaseToken }: LeasedJob): Promise<undefined> {
    await beyondDeadline(() => this.releaseJob.run(id, leaseToken));
  }

  /** One transaction handles one job, so that its locks are few and taken in one order. */
  private async takeNext(tx: Transaction, workerId: string): Promise<LeasedJob | 'look again' | 'none'> {
    const job = await this.jobs.lockNext(tx);
    if (!job) return 'none';
    if (job.attempt >= this.config.MAX_ATTEMPTS) {
      // Its last worker never came back: a job that kills its workers must not kill them for ever.
      await this.failure.record(tx, job, 'TRANSCODE_FAILED');
      return 'look again';
    }
    const asset = await this.assets.lock(tx, job.assetId);
    if (asset.state === 'failed') {
      await this.jobs.fail(tx, job.id, asset.failureCode ?? 'TRANSCODE_FAILED');
      await this.discarded.add(tx, job.outputKey);
      return 'look again';
    }
    return this.lease(tx, job, asset, workerId);
  }

  private async lease(tx: Transaction, job: Candidate, asset: Asset, workerId: string): Promise<LeasedJob> {
    await this.discarded.add(tx, job.outputKey);
    const leaseToken = randomUUID();
    const outputKey = job.kind === 'probe' ? null : `renditions/${asset.id}/${randomUUID()}.mp4`;
    const leaseSeconds = this.config.LEASE_SECONDS;
    const attempt = await this.jobs.lease(tx, job, { leaseToken, workerId, leaseSeconds, outputKey });
    await this.assets.change(tx, asset.id, asset.state === 'uploaded' ? { state: 'processing' } : {});
    const { id, kind, renditionId } = job;
    return { id, kind, renditionId, attempt, leaseToken, outputKey, asset };
  }
}
