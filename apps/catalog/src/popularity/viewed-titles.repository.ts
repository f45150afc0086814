import { Injectable } from '@nestjs/common';
import type { Transaction } from '@viernes/database';
import { PopularTitles } from './popular-titles.js';

/** Lists titles by their views. Recent views count more. */
@Injectable()
export class ViewedTitles extends PopularTitles {
  override async listIds(tx: Transaction, limit: number): Promise<readonly string[]> {
    // Raw SQL: the order must match an index. The plan is in docs/query-plans.md.
    const rows = await tx.query<{ id: string }[]>(
      `SELECT t.id FROM title_popularity popular JOIN visible_title t ON t.id = popular.title_id
       WHERE popular.views > 0 ORDER BY popular.view_score DESC, popular.title_id DESC LIMIT $1`,
      [limit],
    );
    return rows.map(({ id }) => id);
  }
}
