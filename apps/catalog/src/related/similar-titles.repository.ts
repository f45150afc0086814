import { Injectable } from '@nestjs/common';
import { ViewerReads } from '../audience/viewer-reads.js';
import type { TitleDetails } from '../title/title.js';
import { RelatedTitles } from './related-titles.js';

/** Number of the most prominent titles of the catalog, of which those with a shared genre are compared. */
const PROMINENT = 500;
/** Number of arbitrary titles with a shared genre. Without them, rare genres would have no candidates. */
const OF_GENRES = 100;
/** Number of titles with shared people. */
const CREDITED = 200;
/** Number of the best candidates, whose synopses are compared. */
const COMPARED = 50;

// Raw SQL: the query builder cannot combine these sources. Each is limited and uses an index, so that the cost does not depend
// on the size of the catalog. A shared person counts as much as the same name, and half as much as the same genres or synopsis.
const COLUMNS = 'title_id, kind, name, genres, availability, prominence';
const LIST_SIMILAR_TITLES = {
  text: `WITH credited AS (
      SELECT title_id, count(DISTINCT person_id)::float8 AS people FROM credit
      WHERE person_id = ANY ($2::uuid[]) AND title_id <> $1 GROUP BY title_id ORDER BY people DESC, title_id LIMIT ${CREDITED}),
    prominent AS (SELECT ${COLUMNS} FROM title_search ORDER BY prominence DESC, title_id DESC LIMIT ${PROMINENT}),
    candidate AS (
      SELECT people, ${COLUMNS} FROM credited JOIN title_search USING (title_id)
      UNION ALL SELECT 0, ${COLUMNS} FROM prominent WHERE genres && $3::text[]
      UNION ALL (SELECT 0, ${COLUMNS} FROM title_search WHERE genres && $3::text[] LIMIT ${OF_GENRES})),
    other AS (SELECT DISTINCT ON (title_id) * FROM candidate WHERE title_id <> $1 ORDER BY title_id, people DESC),
    compared AS (
      SELECT title_id, prominence, people + similarity(name, fold_text($5)) + CASE WHEN kind = $4 THEN 0.25 ELSE 0 END
        + 2 * shared.genres / greatest(1, cardinality(other.genres) + cardinality($3::text[]) - shared.genres) AS score
      FROM other CROSS JOIN LATERAL (
        SELECT count(*)::float8 AS genres FROM unnest(other.genres) genre WHERE genre = ANY ($3::text[])) shared
      WHERE availability IS NULL OR is_available(availability)
      ORDER BY score DESC, prominence DESC, title_id LIMIT ${COMPARED})
    SELECT t.id FROM compared JOIN visible_title t ON t.id = title_id
    ORDER BY compared.score + 2 * similarity(t.synopsis, $6) DESC, prominence DESC, t.id LIMIT $7`,
};

/** Compares people, genres, names, and synopses of a bounded number of candidates. */
@Injectable()
export class SimilarTitles extends RelatedTitles {
  constructor(private readonly reads: ViewerReads) {
    super();
  }

  override async listIds(title: TitleDetails, limit: number): Promise<readonly string[]> {
    const { id, kind, name, synopsis, genres, credits } = title;
    const people = [...new Set(credits.map(({ personId }) => personId))];
    const values = [id, people, genres, kind, name, synopsis, limit];
    const rows = await this.reads.run<{ id: string }>(LIST_SIMILAR_TITLES, values);
    return rows.map((row) => row.id);
  }
}
