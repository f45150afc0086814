import { Injectable } from '@nestjs/common';
import { CodedError } from '@viernes/contracts';
import type { Transaction } from '@viernes/database';
import { TranscodeJobEntity } from '../transcode/transcode-job.entity.js';
import type { JobState } from '../transcode/transcode-job.js';
import type { AssetView, RenditionView } from './asset-view.js';
import { AssetEntity } from './asset.entity.js';
import { RenditionEntity } from './rendition.entity.js';

/** What a watcher compares: a view is read again when either has changed. */
export interface AssetMark {
  readonly version: number;
  readonly jobsAhead: number;
}

type RenditionRow = Omit<RenditionView, 'state' | 'progress' | 'attempt'> & {
  readonly state: JobState;
  readonly progress: number;
  readonly attempt: number;
};

@Injectable()
export class AssetViewRepository {
  /** @throws CodedError ASSET_NOT_FOUND */
  async get(tx: Transaction, id: string): Promise<AssetView> {
    // Read first: without unfinished jobs, everything that the following statements read is final.
    const hasUnfinishedJobs = await tx
      .createQueryBuilder(TranscodeJobEntity, 'job')
      .where({ assetId: id })
      .andWhere(`job.state IN ('queued', 'running')`)
      .getExists();
    const asset = await tx.findOneBy(AssetEntity, { id });
    if (!asset) throw new CodedError('ASSET_NOT_FOUND', { assetId: id });
    const renditions = await tx
      .createQueryBuilder(RenditionEntity, 'rendition')
      .innerJoin(TranscodeJobEntity, 'job', 'job.renditionId = rendition.id')
      .select(['rendition.id AS id', 'rendition.kind AS kind', 'rendition.name AS name'])
      .addSelect(['rendition.width AS width', 'rendition.height AS height', 'rendition.bitrateBps AS "bitrateBps"'])
      .addSelect(['job.state AS state', 'job.progress AS progress', 'job.attempt AS attempt'])
      .where({ assetId: id })
      .orderBy('rendition.position')
      .getRawMany<RenditionRow>();
    const { jobsAhead } = await this.mark(tx, id);
    return { ...asset, renditions, jobsAhead, isFinal: asset.state === 'failed' || !hasUnfinishedJobs };
  }

  /**
   * One query by indexes, cheap enough to be asked often.
   *
   * @throws CodedError ASSET_NOT_FOUND
   */
  async mark(tx: Transaction, id: string): Promise<AssetMark> {
    const [row] = await tx.query<{ version: number; jobs_ahead: number }[]>(
      `SELECT asset.version,
              (SELECT count(*)::int
                 FROM transcode_jobs ahead
                WHERE ahead.state = 'queued' AND ahead.asset_id <> asset.id
                  AND (ahead.priority, ahead.created_at, ahead.id) < (next.priority, next.created_at, next.id)) AS jobs_ahead
         FROM assets asset
         LEFT JOIN LATERAL (SELECT priority, created_at, id FROM transcode_jobs
                             WHERE asset_id = asset.id AND state = 'queued'
                             ORDER BY priority, created_at, id LIMIT 1) next ON true
        WHERE asset.id = $1`,
      [id],
    );
    if (!row) throw new CodedError('ASSET_NOT_FOUND', { assetId: id });
    return { version: row.version, jobsAhead: row.jobs_ahead };
  }
}
