import { Injectable } from '@nestjs/common';
import { Transactions } from '@viernes/database';
import type { MatchCursor } from './title-cursor.js';
import { filterTitles, selectTitles, toTitle, type TitleRow } from './title-query.js';
import type { Title, TitleFilter } from './title.js';

export interface TitleMatch {
  readonly title: Title;
  readonly rank: number;
}

/**
 * Minimum similarity of the query and a substring of a name, 0 to 1. The default of pg_trgm, 0.6, misses two swapped letters
 * ("godfahter"). Lower values add noise quickly: of 3,200 titles, "godf" matches 10 at 0.45 and 75 at 0.4.
 */
const WORD_SIMILARITY = '0.45';

// Both expressions must equal those of the indexes title_name_words and title_name_trigrams.
const NAME = 'fold_text(t.name)';
const HAS_ALL_WORDS = `to_tsvector('simple', ${NAME}) @@ plainto_tsquery('simple', fold_text(:words))`;

const RANK = `CAST(
  CASE WHEN ${HAS_ALL_WORDS} THEN 1000 ELSE 0 END
  + round(1000 * word_similarity(fold_text(:words), ${NAME}))
  + round(1000 * similarity(fold_text(:words), ${NAME})) AS integer)`;

@Injectable()
export class TitleSearchRepository {
  constructor(private readonly transactions: Transactions) {}

  /**
   * Lists titles whose name contains all words (full text) or a similar substring (trigrams: typing errors, prefixes), best
   * match first. Ignores case and accents. A rank is 0 to 3000: 1000 for all words, up to 1000 for the similarity of the
   * best substring, and up to 1000 for that of the complete name, so that "Alien" precedes "Alien Nation".
   */
  async list(words: string, filter: TitleFilter, after: MatchCursor | undefined, limit: number): Promise<TitleMatch[]> {
    return this.transactions.run(async (tx) => {
      // The <% operator reads its threshold from a setting, which the query builder cannot change.
      await tx.query(`SELECT set_config('pg_trgm.word_similarity_threshold', $1, true)`, [WORD_SIMILARITY]);
      const query = filterTitles(selectTitles(tx), filter)
        .addSelect(RANK, 'rank')
        .andWhere(`(${HAS_ALL_WORDS} OR fold_text(:words) <% ${NAME})`, { words })
        .orderBy('rank', 'DESC')
        .addOrderBy('t.id', 'DESC')
        .limit(limit);
      if (after) query.andWhere(`(${RANK}, t.id) < (:rank, :id)`, { rank: after.rank, id: after.id });
      const rows = await query.getRawMany<TitleRow & { rank: number }>();
      return rows.map(({ rank, ...row }) => ({ title: toTitle(row), rank }));
    });
  }
}
