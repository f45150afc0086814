import { Injectable } from '@nestjs/common';
import { AssetChangedV1 } from '@viernes/contracts';
import type { Transaction } from '@viernes/database';
import { Outbox } from '@viernes/messaging';
import { AssetEntity } from './asset.entity.js';
import type { AssetState } from './asset.js';

interface AssetRow {
  readonly accountId: string;
  readonly titleId: string;
  readonly state: AssetState;
  readonly failureCode: string | null;
  readonly progress: number;
}

/** Publishes the states of uploaded videos, for clients that show them. */
@Injectable()
export class AssetChangePublisher {
  constructor(private readonly outbox: Outbox) {}

  /**
   * Publishes the current state of an asset. Call this method after the change of the asset, while the transaction
   * holds its lock.
   */
  async publish(tx: Transaction, assetId: string): Promise<void> {
    // Joins by table names: uploads and jobs depend on this feature, so it cannot import their entities.
    const row = await tx
      .createQueryBuilder(AssetEntity, 'asset')
      .innerJoin('upload', 'upload', 'upload.title_id = asset.title_id AND upload.asset_id = asset.id')
      .select('upload.account_id', 'accountId')
      .addSelect('asset.title_id', 'titleId')
      .addSelect('asset.state', 'state')
      .addSelect('asset.failure_code', 'failureCode')
      .addSelect(
        `(SELECT coalesce(avg(job.progress), 0)::float8 FROM transcode_job job
          WHERE job.asset_id = asset.id AND job.rendition_id IS NOT NULL)`,
        'progress',
      )
      .where('asset.id = :assetId', { assetId })
      .getRawOne<AssetRow>();
    // The account and its uploads were deleted.
    if (!row) return;
    const { failureCode, ...state } = row;
    await this.outbox.add(tx, AssetChangedV1, { assetId, ...state, ...(failureCode !== null && { failureCode }) });
  }
}
