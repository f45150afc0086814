import { Injectable } from '@nestjs/common';
import type { Transaction } from '@viernes/database';
import { PublicationEntity } from './publication.entity.js';

export interface Publication {
  readonly titleId: string;
  readonly assetId: string;
  readonly durationMs: number;
  readonly publishedAt: Date;
}

@Injectable()
export class PublicationRepository {
  /**
   * Stores the publication of a film or an episode, unless a newer one is already stored.
   * @returns false if a newer one is stored
   */
  async putNewest(tx: Transaction, publication: Publication): Promise<boolean> {
    const { raw } = await tx
      .createQueryBuilder()
      .insert()
      .into(PublicationEntity)
      .values(publication)
      .orUpdate(['asset_id', 'duration_ms', 'published_at'], ['title_id'], {
        overwriteCondition: { where: 'publication.published_at <= excluded.published_at' },
      })
      .returning('title_id')
      .execute();
    return (raw as unknown[]).length > 0;
  }

  /** Returns the series of an episode. Undefined for a film. */
  async findSeriesId(tx: Transaction, episodeId: string): Promise<string | undefined> {
    // Raw SQL: the entity belongs to season/, which imports this folder.
    const [row] = await tx.query<{ title_id: string }[]>('SELECT title_id FROM episode WHERE id = $1', [episodeId]);
    return row?.title_id;
  }

  /**
   * Stores the first playable episode as the publication of a series, so that lists show whether a series can be
   * played.
   */
  async putFirstEpisode(tx: Transaction, seriesId: string): Promise<void> {
    // Raw SQL: the query builder has no INSERT of a SELECT. Specials, which are season 0, come last.
    await tx.query(
      `WITH first AS (
         SELECT p.asset_id, p.duration_ms, p.published_at FROM episode e JOIN publication p ON p.title_id = e.id
         WHERE e.title_id = $1 ORDER BY e.season_number = 0, e.season_number, e.number LIMIT 1),
       outdated AS (DELETE FROM publication WHERE title_id = $1 AND NOT EXISTS (SELECT FROM first))
       INSERT INTO publication (title_id, asset_id, duration_ms, published_at) SELECT $1, first.* FROM first
       ON CONFLICT (title_id) DO UPDATE SET asset_id = excluded.asset_id, duration_ms = excluded.duration_ms,
         published_at = excluded.published_at`,
      [seriesId],
    );
  }
}
