import { Injectable } from '@nestjs/common';
import { CodedError, type ErrorCode } from '@viernes/contracts';
import type { Transaction } from '@viernes/database';
import { In, IsNull } from 'typeorm';
import { AssetEntity } from './asset.entity.js';
import type { Asset, AssetState, PlayableAsset } from './asset.js';

export type NewAsset = Pick<Asset, 'id' | 'titleId' | 'objectKey' | 'sizeBytes' | 'fileName'>;

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

  /** @throws CodedError ASSET_NOT_FOUND */
  async get(tx: Transaction, id: string): Promise<Asset> {
    const asset = await tx.findOneBy(AssetEntity, { id });
    if (!asset) throw new CodedError('ASSET_NOT_FOUND', { assetId: id });
    return asset;
  }

  /** Returns the most recently published asset of a title. @throws CodedError TITLE_NOT_PLAYABLE */
  async getNewestPlayable(tx: Transaction, titleId: string): Promise<PlayableAsset> {
    const asset = await tx
      .createQueryBuilder(AssetEntity, 'asset')
      .where({ titleId })
      .andWhere('asset.publishedAt IS NOT NULL')
      .orderBy('asset.publishedAt', 'DESC')
      .limit(1)
      .getOne();
    if (!asset) throw new CodedError('TITLE_NOT_PLAYABLE', { titleId });
    return { id: asset.id, durationMs: asset.durationMs ?? 0 };
  }

  /**
   * Locks the asset, so that concurrent decisions about it run one after the other. A transaction that also locks a job
   * locks the job first. The other order would deadlock with a worker that leases.
   */
  async lock(tx: Transaction, id: string): Promise<Asset> {
    return tx.findOneOrFail(AssetEntity, { where: { id }, lock: { mode: 'for_no_key_update' } });
  }

  /** Locks those of the assets that were never playable, in the order of their IDs. @returns their IDs */
  async lockUnpublished(tx: Transaction, ids: readonly string[]): Promise<string[]> {
    const where = { id: In([...ids]), publishedAt: IsNull() };
    const lock = { mode: 'pessimistic_write' } as const;
    const assets = await tx.find(AssetEntity, { select: { id: true }, where, order: { id: 'ASC' }, lock });
    return assets.map(({ id }) => id);
  }

  /** Deletes assets with their renditions and jobs, but not their objects. */
  async delete(tx: Transaction, ids: readonly string[]): Promise<void> {
    await tx.delete(AssetEntity, { id: In([...ids]) });
  }

  /** Increases the version. `change` is empty if only a rendition or a job has changed. */
  async change(tx: Transaction, id: string, change: AssetChange = {}): Promise<void> {
    await tx.update(AssetEntity, { id }, { ...change, version: () => 'version + 1' });
  }

  /** @returns the time of publication, or undefined if the asset was published before */
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
