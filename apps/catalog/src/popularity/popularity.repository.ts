import { Injectable } from '@nestjs/common';
import type { Transaction } from '@viernes/database';

@Injectable()
export class PopularityRepository {
  /** Adds titles with zero views. */
  async addTitles(tx: Transaction, titleIds: readonly string[]): Promise<void> {
    // Raw SQL: an import adds hundreds of titles.
    await tx.query(
      `INSERT INTO title_popularity (title_id, views, view_score) SELECT unnest($1::uuid[]), 0, 0 ON CONFLICT DO NOTHING`,
      [titleIds],
    );
  }

  /**
   * Adds one view to a film, or to the series of an episode. Two scores add up to max + log2(1 + 2^-difference). A
   * difference over 60 changes no bit of a double, and PostgreSQL reports an underflow for much larger ones, so the
   * difference is limited to 60.
   */
  async addView(tx: Transaction, titleId: string, score: number): Promise<void> {
    // Raw SQL: orUpdate() of the query builder can only copy inserted values, not compute from stored ones. One statement
    // for both tables, because views are the most frequent writes and rarely change the prominence.
    await tx.query(
      `WITH counted AS (
         INSERT INTO title_popularity AS stored (title_id, views, view_score) 
         VALUES (coalesce((SELECT title_id FROM episode WHERE id = $1), $1), 1, $2)
         ON CONFLICT (title_id) DO UPDATE
           SET views = stored.views + 1,
               view_score = greatest(stored.view_score, excluded.view_score)
                 + ln(1 + power(2::float8, -least(abs(stored.view_score - excluded.view_score), 60))) / ln(2::float8)
         RETURNING title_id, view_score)
       UPDATE title_search found SET prominence = current.prominence
       FROM (SELECT t.id, title_prominence(counted.view_score, t.score, t.name) AS prominence
         FROM counted JOIN title t ON t.id = counted.title_id) current
       WHERE found.title_id = current.id AND found.prominence <> current.prominence`,
      [titleId, score],
    );
  }
}
