import { Injectable } from '@nestjs/common';
import { FailedV1, PublishedV1, type ErrorCode } from '@viernes/contracts';
import type { Transaction } from '@viernes/database';
import { Outbox } from '@viernes/messaging';
import { isPlayable, type Asset } from '../asset/asset.js';
import { AssetChangePublisher } from '../asset/asset-change-publisher.js';
import { AssetRepository } from '../asset/asset.repository.js';
import { DiscardedObjectRepository } from './discarded-object.repository.js';
import { deriveAssetState, type TranscodeJob } from './transcode-job.js';
import { TranscodeJobRepository } from './transcode-job.repository.js';

/** Updates an asset after one of its jobs has succeeded or failed, and publishes that it became playable or failed. */
@Injectable()
export class AssetProgress {
  constructor(
    private readonly assets: AssetRepository,
    private readonly changes: AssetChangePublisher,
    private readonly jobs: TranscodeJobRepository,
    private readonly discarded: DiscardedObjectRepository,
    private readonly outbox: Outbox,
  ) {}

  /**
   * Derives the state of the asset from its jobs. Decides under the asset's lock, so that the later of two concurrent jobs
   * sees both.
   *
   * @param failureCode stored if the asset fails now
   */
  async update(tx: Transaction, assetId: string, failureCode: ErrorCode = 'TRANSCODE_FAILED'): Promise<void> {
    const asset = await this.assets.lock(tx, assetId);
    if (asset.state === 'failed') return;
    const state = deriveAssetState(await this.jobs.listLadder(tx, assetId));
    if (state === 'failed') return this.failAsset(tx, asset, failureCode);
    await this.assets.change(tx, assetId, { state });
    await this.changes.publish(tx, assetId);
    if (isPlayable(state)) await this.publish(tx, asset);
  }

  /** Fails a job after its last attempt. @param job locked by this transaction */
  async failJob(tx: Transaction, { id, assetId, kind, outputKey }: TranscodeJob, code: ErrorCode): Promise<void> {
    await this.jobs.fail(tx, id, code);
    await this.discarded.add(tx, outputKey);
    if (kind === 'probe') await this.failAsset(tx, await this.assets.lock(tx, assetId), code);
    else await this.update(tx, assetId, code);
  }

  private async failAsset(tx: Transaction, { id, titleId, state }: Asset, failureCode: ErrorCode): Promise<void> {
    // A playable asset never fails: it only lacks a rung.
    if (isPlayable(state) || state === 'failed') return;
    await this.assets.change(tx, id, { state: 'failed', failureCode });
    await this.jobs.failQueued(tx, id, failureCode);
    await this.outbox.add(tx, FailedV1, { assetId: id, titleId, failureCode });
    await this.changes.publish(tx, id);
  }

  private async publish(tx: Transaction, { id, titleId, durationMs }: Asset): Promise<void> {
    const publishedAt = await this.assets.publishOnce(tx, id);
    if (!publishedAt) return;
    await this.outbox.add(tx, PublishedV1, {
      assetId: id,
      titleId,
      durationMs: durationMs ?? 0,
      publishedAt: publishedAt.toISOString(),
    });
  }
}
