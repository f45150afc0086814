import { Injectable } from '@nestjs/common';
import { PublishedV1, type ErrorCode } from '@viernes/contracts';
import type { Transaction } from '@viernes/database';
import { Outbox } from '@viernes/messaging';
import { isPlayable, type Asset, type AssetState } from '../asset/asset.js';
import { AssetRepository } from '../asset/asset.repository.js';
import { settleLadder } from './transcode-job.js';
import { TranscodeJobRepository } from './transcode-job.repository.js';

/** Moves an asset on after one of its jobs has ended, and publishes it when it becomes playable. */
@Injectable()
export class AssetProgress {
  constructor(
    private readonly assets: AssetRepository,
    private readonly jobs: TranscodeJobRepository,
    private readonly outbox: Outbox,
  ) {}

  /**
   * Decides under the asset's lock, so that of two jobs that end at a time the later one sees both.
   * @param failureCode what to call it should the asset fail now
   */
  async settle(tx: Transaction, assetId: string, failureCode: ErrorCode = 'TRANSCODE_FAILED'): Promise<void> {
    const asset = await this.assets.lock(tx, assetId);
    if (asset.state === 'failed') return;
    const next = settleLadder(await this.jobs.ladder(tx, assetId));
    if (next === 'failed') return this.fail(tx, assetId, failureCode);
    await this.assets.change(tx, assetId, { state: next });
    if (isPlayable(next)) await this.publish(tx, asset);
  }

  /** An asset that can be played is not failed any more: what it lacks is a rung. */
  async fail(tx: Transaction, assetId: string, failureCode: ErrorCode): Promise<void> {
    const { state } = await this.assets.lock(tx, assetId);
    if (isPlayable(state)) return;
    await this.assets.change(tx, assetId, { state: 'failed' satisfies AssetState, failureCode });
    await this.jobs.failQueued(tx, assetId, failureCode);
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
