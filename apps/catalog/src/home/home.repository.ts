import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository } from 'typeorm';
import { TITLE_COLUMNS, toTitle, type TitleRow } from '../title/title-query.js';
import { TitleEntity } from '../title/title.entity.js';
import type { HomeRowEntry } from './home-rows.js';

/** Number of genre rows. The genres with the most titles get one. */
const GENRE_ROWS = 6;

interface HomeRowEntryRow extends TitleRow {
  readonly row: HomeRowEntry['row'];
  readonly genre: string | null;
}

/** Reads the home rows from titles, publications, and popularity. */
@Injectable()
export class HomeRepository {
  constructor(@InjectRepository(TitleEntity) private readonly titles: Repository<TitleEntity>) {}

  /**
   * Lists the entries of all rows in the order of the page, up to rowSize titles per row. Raw SQL, because the query builder supports
   * neither UNION nor the LATERAL join that reads the best titles of each genre in the same round trip.
   */
  async listEntries(rowSize: number): Promise<HomeRowEntry[]> {
    const rows = await this.titles.query<HomeRowEntryRow[]>(
      `(SELECT 'ready-to-watch' AS row, NULL AS genre, ${TITLE_COLUMNS}
          FROM publication p JOIN title t ON t.id = p.title_id
          ORDER BY p.published_at DESC, p.title_id DESC LIMIT $1)
       UNION ALL
       (SELECT 'popular', NULL, ${TITLE_COLUMNS}
          FROM title_popularity popular JOIN title t ON t.id = popular.title_id
          LEFT JOIN publication p ON p.title_id = t.id
          ORDER BY popular.view_score DESC, popular.title_id DESC LIMIT $1)
       UNION ALL
       (SELECT 'genre', largest.genre, best.*
          FROM (SELECT genre, count(*) AS size FROM (SELECT unnest(genres) AS genre FROM title) each_genre
                GROUP BY genre ORDER BY size DESC, genre LIMIT $2) largest
          CROSS JOIN LATERAL (
            SELECT ${TITLE_COLUMNS}
            FROM title t LEFT JOIN publication p ON p.title_id = t.id
            WHERE t.genres @> ARRAY[largest.genre]
            ORDER BY p.title_id IS NULL, t.score DESC NULLS LAST, t.created_at DESC, t.id DESC LIMIT $1) best
          ORDER BY largest.size DESC, largest.genre, best."assetId" IS NULL, best.score DESC NULLS LAST,
            best."createdAt" DESC, best.id DESC)`,
      [rowSize, GENRE_ROWS],
    );
    return rows.map(({ row, genre, ...title }) => ({ row, genre: genre ?? undefined, title: toTitle(title) }));
  }
}
