import { Injectable } from '@nestjs/common';
import type { ErrorCode } from '@viernes/contracts';
import type { Transaction } from '@viernes/database';
import { AssetEntity } from './asset.entity.js';
import type { Asset, AssetState } from './asset.js';

export type NewAsset = Pick<AssetEntity, 'id' | 'titleId' | 'objectKey' | 'sizeBytes' | 'fileName'>;

export interface AssetChange {
  readonly state?: AssetState;
  readonly failureCode?: ErrorCode;
  readonly durationMs?: number;
  readonly demuxer?: string;
}

@Injectable()
export class AssetRepository {
  async insert(tx: Transaction, asset: NewAsset): Promise<void> {
    await tx.insert(AssetEntity, { ...asset, state: 'uploaded' });
  }

  /**
   * Makes other transactions that decide about this asset wait for the end of this one. Who locks a job too locks the
   * job first: the other order would deadlock with a worker that leases.
   */
  async lock(tx: Transaction, id: string): Promise<Asset> {
    return tx.findOneOrFail(AssetEntity, { where: { id }, lock: { mode: 'for_no_key_update' } });
  }

  /** Each change is a new version, also one of a rendition or job alone: `change` is empty then. */
  async change(tx: Transaction, id: string, change: AssetChange = {}): Promise<void> {
    await tx.update(AssetEntity, { id }, { ...change, version: () => 'version + 1' });
  }

  /** @returns when it was published, or undefined where it had been published before */
  async publishOnce(tx: Transaction, id: string): Promise<Date | undefined> {
    const { raw } = await tx
      .createQueryBuilder()
      .update(AssetEntity)
      .set({ publishedAt: () => 'now()' })
      .where('id = :id AND published_at IS NULL', { id })
      .returning('published_at')
      .execute();
    return (raw as { published_at: Date }[])[0]?.published_at;
  }
}
