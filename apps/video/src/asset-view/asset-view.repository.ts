import { Injectable } from '@nestjs/common';
import { CodedError } from '@viernes/contracts';
import type { Transaction } from '@viernes/database';
import { AssetRepository } from '../asset/asset.repository.js';
import { TranscodeJobEntity } from '../transcode/transcode-job.entity.js';
import type { AssetView, AssetViewVersion, RenditionView } from './asset-view.js';

/** A read model: joins the tables of assets, renditions, and jobs. */
@Injectable()
export class AssetViewRepository {
  constructor(private readonly assets: AssetRepository) {}

  /** @throws CodedError ASSET_NOT_FOUND */
  async get(tx: Transaction, id: string): Promise<AssetView> {
    // Read first: if no job is unfinished now, the rows that the following statements read do not change any more.
    const hasUnfinishedJobs = await tx
      .createQueryBuilder(TranscodeJobEntity, 'job')
      .where({ assetId: id })
      .andWhere(`job.state IN ('queued', 'running')`)
      .getExists();
    const asset = await this.assets.get(tx, id);
    const renditions = await tx
      .createQueryBuilder(TranscodeJobEntity, 'job')
      .innerJoin('job.rendition', 'rendition')
      .select(['rendition.id AS id', 'rendition.kind AS kind', 'rendition.name AS name'])
      .addSelect(['rendition.width AS width', 'rendition.height AS height', 'rendition.bitrateBps AS "bitrateBps"'])
      .addSelect(['job.state AS state', 'job.progress AS progress', 'job.attempt AS attempt'])
      .where('job.assetId = :id', { id })
      .orderBy('rendition.position')
      .getRawMany<RenditionView>();
    const { jobsAhead } = await this.getVersion(tx, id);
    return { ...asset, renditions, jobsAhead, isFinal: asset.state === 'failed' || !hasUnfinishedJobs };
  }

  /**
   * Reads one row by indexes, so that watchers can poll it.
   *
   * @throws CodedError ASSET_NOT_FOUND
   */
  async getVersion(tx: Transaction, id: string): Promise<AssetViewVersion> {
    // Raw SQL: the query builder has no lateral joins and no row comparisons. The index of the queue serves the latter.
    const [version] = await tx.query<AssetViewVersion[]>(
      `SELECT asset.version,
              (SELECT count(*)::int
                 FROM transcode_job ahead
                WHERE ahead.state = 'queued' AND ahead.asset_id <> asset.id
                  AND (ahead.priority, ahead.created_at, ahead.id) < (next.priority, next.created_at, next.id))
                AS "jobsAhead"
         FROM asset
         LEFT JOIN LATERAL (SELECT priority, created_at, id FROM transcode_job
                             WHERE asset_id = asset.id AND state = 'queued'
                             ORDER BY priority, created_at, id LIMIT 1) next ON true
        WHERE asset.id = $1`,
      [id],
    );
    if (!version) throw new CodedError('ASSET_NOT_FOUND', { assetId: id });
    return version;
  }
}
