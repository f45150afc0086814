import { Injectable } from '@nestjs/common';
import type { Transaction } from '@viernes/database';
import { HomeEntryEntity } from './home-entry.entity.js';
import { HomeRefreshEntity } from './home-refresh.entity.js';
import type { HomeRowTitles } from './home-rows.js';

/** The only row of home_refresh. */
const STATE_ID = 1;

/** Best first. Must match the order of the index title_best. */
const BEST = 'coalesce(t.score, -1) DESC, t.created_at DESC, t.id DESC';

export interface HomeRefreshState {
  readonly isCheckDue: boolean;
  readonly isGenreCheckDue: boolean;
  readonly newest: string;
  readonly version: string;
}

/**
 * Reads the candidates of the home rows, and stores the rows. Raw SQL, because each query must match an index: the
 * query builder supports neither an expression in ORDER BY of a join nor a scalar subquery as the only column. The
 * plans are in docs/query-plans.md.
 */
@Injectable()
export class HomeProjectionRepository {
  /** Compares with the clock of the database, because the clocks of replicas differ. Undefined before the first refresh. */
  async findState(tx: Transaction, checkMs: number, genreCheckMs: number): Promise<HomeRefreshState | undefined> {
    const rows = await tx.query<HomeRefreshState[]>(
      `SELECT checked_at <= now() - make_interval(secs => $1::float8 / 1000) AS "isCheckDue",
         genres_at <= now() - make_interval(secs => $2::float8 / 1000) AS "isGenreCheckDue", newest, version
       FROM home_refresh WHERE id = $3`,
      [checkMs, genreCheckMs, STATE_ID],
    );
    return rows[0];
  }

  async setChecked(tx: Transaction, version: string): Promise<void> {
    await tx.update(HomeRefreshEntity, { id: STATE_ID }, { checkedAt: () => 'now()', version });
  }

  async setGenresComputed(tx: Transaction, newest: string, version: string): Promise<void> {
    await tx
      .createQueryBuilder()
      .insert()
      .into(HomeRefreshEntity)
      .values({ id: STATE_ID, checkedAt: () => 'now()', genresAt: () => 'now()', newest, version })
      .orUpdate(['checked_at', 'genres_at', 'newest', 'version'], ['id'])
      .execute();
  }

  /** Identifies the newest title and the newest publication. */
  async findNewest(tx: Transaction): Promise<string> {
    const [row] = await tx.query<{ newest: string }[]>(
      `SELECT concat_ws(' ', (SELECT id FROM title ORDER BY created_at DESC, id DESC LIMIT 1),
         (SELECT concat_ws(' ', title_id, asset_id, published_at) FROM publication
          ORDER BY published_at DESC, title_id DESC LIMIT 1)) AS newest`,
    );
    return row?.newest ?? '';
  }

  async listReadyToWatch(tx: Transaction, limit: number): Promise<string[]> {
    return listIds(
      tx,
      `SELECT t.id FROM publication p JOIN visible_title t ON t.id = p.title_id
       ORDER BY p.published_at DESC, p.title_id DESC LIMIT $1`,
      [limit],
    );
  }

  /** Lists genres by number of titles. Counts the combinations of genres from their index instead of reading each title. */
  async listGenresBySize(tx: Transaction, limit: number): Promise<string[]> {
    const rows = await tx.query<{ genre: string }[]>(
      `SELECT genre FROM (SELECT genres, count(*) AS size FROM title GROUP BY genres) combination, unnest(genres) AS genre
       GROUP BY genre ORDER BY sum(size) DESC, genre LIMIT $1`,
      [limit],
    );
    return rows.map(({ genre }) => genre);
  }

  /** Lists the best titles of a genre, playable ones first. */
  async listBest(tx: Transaction, genre: string, limit: number): Promise<string[]> {
    const playable = await listIds(
      tx,
      `SELECT t.id FROM publication p JOIN visible_title t ON t.id = p.title_id
       WHERE t.genres @> ARRAY[$1] ORDER BY ${BEST} LIMIT $2`,
      [genre, limit],
    );
    if (playable.length === limit) return playable;
    const others = await listIds(
      tx,
      `SELECT t.id FROM visible_title t WHERE t.genres @> ARRAY[$1]
         AND NOT EXISTS (SELECT FROM publication p WHERE p.title_id = t.id)
       ORDER BY ${BEST} LIMIT $2`,
      [genre, limit - playable.length],
    );
    return [...playable, ...others];
  }

  async listRows(tx: Transaction): Promise<HomeRowTitles[]> {
    const entries = await tx.find(HomeEntryEntity, { order: { rowNumber: 'ASC', position: 'ASC' } });
    const rows = new Map<number, HomeRowTitles & { titleIds: string[] }>();
    for (const { rowNumber, rowId, rowName, titleId } of entries) {
      const row = rows.get(rowNumber) ?? { id: rowId, name: rowName, titleIds: [] };
      row.titleIds.push(titleId);
      rows.set(rowNumber, row);
    }
    return [...rows.values()];
  }

  /** Computes the version of the stored rows. PostgreSQL assigns a new xmin with each change of a table row. */
  async computeVersion(tx: Transaction): Promise<string> {
    const [row] = await tx.query<{ version: string }[]>(
      `SELECT md5(coalesce(string_agg(concat_ws(' ', h.xmin, t.xmin, p.xmin), ',' ORDER BY h.row_number, h.position), ''))
         AS version
       FROM home_entry h JOIN title t ON t.id = h.title_id LEFT JOIN publication p ON p.title_id = t.id`,
    );
    return row?.version ?? '';
  }

  /** Readers see the old rows until the commit. */
  async replaceRows(tx: Transaction, rows: readonly HomeRowTitles[]): Promise<void> {
    await tx.createQueryBuilder().delete().from(HomeEntryEntity).execute();
    const entries = rows.flatMap(({ id: rowId, name: rowName, titleIds }, rowNumber) =>
      titleIds.map((titleId, position) => ({ rowNumber, position, rowId, rowName, titleId })),
    );
    if (entries.length > 0) await tx.insert(HomeEntryEntity, entries);
  }
}

async function listIds(tx: Transaction, sql: string, parameters: readonly unknown[]): Promise<string[]> {
  const rows = await tx.query<{ id: string }[]>(sql, [...parameters]);
  return rows.map(({ id }) => id);
}
