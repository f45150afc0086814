import { Injectable } from '@nestjs/common';
import { Reads, type ReadStatement } from '@viernes/database';
import { newTraceId, runInContext } from '@viernes/platform';
import { isUnspaced } from './search-query.js';
import { MAX_SORTED_MATCHES, WORDS_COLUMNS, type WordsColumn } from './title-match.statement.js';

/** The words of a query that the catalog contains. */
export interface KnownWords {
  /** Whether titles contain each complete word, and a word that begins with the last one. */
  readonly hasOnlyKnownWords: boolean;
  /** The words of the catalog that begin with the last one. Undefined if there are none, or too many. */
  readonly completions: readonly string[] | undefined;
}

/** PostgreSQL looks up this number of words in less time than it reads a prefix in a GIN index. */
const MAX_COMPLETIONS = 20;

// Raw SQL: the query builder has no SELECT without a table.
const FIND_WORDS: ReadStatement = {
  name: 'search-words',
  text: `SELECT (SELECT count(*)::integer FROM search_word WHERE word = ANY ($1::text[])) AS known,
    ARRAY(SELECT word FROM search_word WHERE word >= $2::text AND word < $2::text || chr(1114111)
      ORDER BY word LIMIT ${MAX_COMPLETIONS + 1}) AS completions`,
};

/** A word that a fifth of all titles contain hardly limits a search, but reading its index entries costs most. */
const COMMON_SHARE = 0.2;

/**
 * Raw SQL: the statistics of PostgreSQL have no entity. The array of shares is longer than that of words, because it ends with
 * the lowest and the highest share.
 */
const LIST_SHARES: ReadStatement = {
  text: `SELECT attname AS column, word, share, greatest(reltuples, 0) AS titles FROM pg_stats
    JOIN pg_class ON oid = 'title_search'::regclass,
      unnest(most_common_elems::text::text[], most_common_elem_freqs) AS common(word, share)
    WHERE schemaname = current_schema() AND tablename = 'title_search' AND (attname LIKE '%_words' OR attname = 'genres')
      AND word IS NOT NULL`,
};
/** Short enough for a catalog that grows: an outdated number of titles leads to a slower way to read the matches. */
const STATISTICS_MAX_AGE_MS = 60_000;

/** The share of titles whose column contains a word. */
interface WordShare {
  readonly column: WordsColumn | 'genres';
  /** A genre, if the column is `genres`. */
  readonly word: string;
  readonly share: number;
  /** Estimated number of all titles. */
  readonly titles: number;
}

/**
 * The share of titles that contain all words is the product of the shares of the words, rarest word first. The share of
 * the second word has this exponent, that of the third word its square. 1 means that the words are independent. Words of
 * names depend on each other: most names with "of" contain "the".
 *
 * @see "Optimizing Your Query Plans with the SQL Server 2014 Cardinality Estimator", Microsoft, 2014, about exponential backoff
 */
const DEPENDENCE: Readonly<Record<WordsColumn, number>> = { name_words: 0.5, people_words: 0.5, all_words: 1 };

/** How many titles contain the most frequent words. */
export interface WordStatistics {
  /** The words that many titles contain. */
  readonly common: ReadonlySet<string>;
  /**
   * Returns the columns that probably contain all words in more than a few titles of the genres. The last word can be
   * incomplete.
   */
  readonly findColumnsWithManyMatches: (
    words: readonly string[],
    genres?: readonly string[],
  ) => ReadonlySet<WordsColumn>;
}

/** The words that titles contain. */
@Injectable()
export class SearchWordsRepository {
  private statistics: Promise<WordStatistics> | undefined;
  private readAtMs = 0;

  constructor(private readonly reads: Reads) {}

  /** @param words the words of a query, of which the last one can be incomplete */
  async find(words: readonly string[]): Promise<KnownWords> {
    // A single unspaced character is not a word, but the prefix of several.
    const complete = words.slice(0, -1).filter((word) => !isUnspaced(word));
    const rows = await this.reads.run<{ known: number; completions: string[] }>(FIND_WORDS, [complete, words.at(-1)]);
    const { known = 0, completions = [] } = rows[0] ?? {};
    return {
      hasOnlyKnownWords: known === complete.length && completions.length > 0,
      completions: completions.length > 0 && completions.length <= MAX_COMPLETIONS ? completions : undefined,
    };
  }

  /** Returns no common words until PostgreSQL has collected statistics. Only the first search waits for the read. */
  async getStatistics(): Promise<WordStatistics> {
    const nowMs = performance.now();
    if (this.statistics === undefined || nowMs - this.readAtMs > STATISTICS_MAX_AGE_MS) {
      this.readAtMs = nowMs;
      const next = runInContext({ traceId: newTraceId() }, () => this.readStatistics());
      const current = (this.statistics ??= next);
      next.then(
        () => (this.statistics = next),
        () => (this.statistics = current === next ? undefined : current),
      );
    }
    return this.statistics;
  }

  private async readStatistics(): Promise<WordStatistics> {
    const rows = await this.reads.run<WordShare>(LIST_SHARES);
    const titles = rows[0]?.titles ?? 0;
    const toShares = (column: WordShare['column']): ReadonlyMap<string, number> =>
      new Map(rows.filter((row) => row.column === column).map(({ word, share }) => [word, share]));
    const genreShares = toShares('genres');
    const columns = WORDS_COLUMNS.map((column) => {
      return { column, shares: toShares(column) };
    });
    return {
      common: new Set(
        rows.filter(({ column, share }) => column === 'all_words' && share >= COMMON_SHARE).map(({ word }) => word),
      ),
      findColumnsWithManyMatches: (words, genres = []) => {
        const share = genres.reduce((sum, genre) => sum + (genreShares.get(genre) ?? 0), genres.length === 0 ? 1 : 0);
        const titlesOfGenres = titles * Math.min(1, share);
        const withManyMatches = columns.filter(
          ({ column, shares }) => titlesOfGenres * estimateShare(column, shares, words) > MAX_SORTED_MATCHES,
        );
        return new Set(withManyMatches.map(({ column }) => column));
      },
    };
  }
}

/** Estimates the share of the titles whose column contains all words. 0 if a word matches no frequent word. */
function estimateShare(column: WordsColumn, shares: ReadonlyMap<string, number>, words: readonly string[]): number {
  const completeShares = words.slice(0, -1).map((word) => shares.get(word) ?? 0);
  let lastShare = 0;
  for (const [word, share] of shares) if (word.startsWith(words.at(-1) ?? '')) lastShare += share;
  return [...completeShares, Math.min(1, lastShare)]
    .toSorted((a, b) => a - b)
    .reduce((product, share, index) => product * share ** (DEPENDENCE[column] ** index), 1);
}
