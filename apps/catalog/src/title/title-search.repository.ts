import { Injectable } from '@nestjs/common';
import { Transactions } from '@viernes/database';
import { conditionsOf } from './title-conditions.js';
import type { MatchPlace } from './title-cursor.js';
import type { Title, TitleFilter } from './title.js';
import { TITLE_COLUMNS, TITLE_TABLES, titleOf, type TitleRow } from './title-row.js';

export interface TitleMatch {
  readonly title: Title;
  readonly rank: number;
}

/**
 * How alike the searched words and a stretch of a name must be, 0 to 1. At pg_trgm's own 0.6 two letters swapped in one
 * word ("godfahter") already find nothing. Below, noise comes fast: of 3,200 films "godf" finds 10 at 0.45, 75 at 0.4.
 */
const WORD_SIMILARITY = '0.45';

@Injectable()
export class TitleSearchRepository {
  constructor(private readonly transactions: Transactions) {}

  /**
   * Titles whose name has all the words (full text), or a stretch much like them (trigrams: typing errors, beginnings of
   * words). Case and accents count for nothing. A rank is 0 to 3000: a thousand each for having all words, for the
   * likeness of the best stretch, and for that of the whole name, which puts "Alien" before "Alien Nation".
   */
  async list(words: string, filter: TitleFilter, after: MatchPlace | undefined, limit: number): Promise<TitleMatch[]> {
    const { where, parameters } = conditionsOf(filter);
    parameters.push(words, limit);
    const [query, bound] = [`fold_text($${parameters.length - 1})`, `$${parameters.length}`];
    const document = `to_tsvector('simple', fold_text(t.name))`;
    const hasWords = `${document} @@ plainto_tsquery('simple', ${query})`;
    where.push(`(${hasWords} or ${query} <% fold_text(t.name))`);
    let page = 'true';
    if (after) {
      parameters.push(after.rank, after.id);
      page = `(rank, id) < ($${parameters.length - 1}, $${parameters.length})`;
    }
    const sql = `
      select * from (
        select ${TITLE_COLUMNS}, (
          case when ${hasWords} then 1000 else 0 end
          + round(1000 * word_similarity(${query}, fold_text(t.name)))
          + round(1000 * similarity(${query}, fold_text(t.name)))
        )::integer as rank
        from ${TITLE_TABLES} where ${where.join(' and ')}
      ) matches
      where ${page} order by rank desc, id desc limit ${bound}`;
    const rows = await this.transactions.run(async (tx) => {
      await tx.query(`select set_config('pg_trgm.word_similarity_threshold', $1, true)`, [WORD_SIMILARITY]);
      return tx.query<(TitleRow & { rank: number })[]>(sql, parameters);
    });
    return rows.map((row) => ({ title: titleOf(row), rank: row.rank }));
  }
}
