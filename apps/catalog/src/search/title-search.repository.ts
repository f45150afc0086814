import { Injectable } from '@nestjs/common';
import { Reads, type Transaction } from '@viernes/database';
import { isShort, toAlternatives, toTsQueries, toTsQuery, toWords, type SimilarWord } from './search-query.js';
import { SearchWordsRepository } from './search-words.repository.js';
import { LIST_SIMILAR_WORDS } from './similar-words.js';
import { TextFolding } from './text-folding.js';
import {
  hasMany,
  listTierGroups,
  matchFew,
  matchIds,
  matchTiers,
  WORDS_COLUMNS,
  type MatchQuery,
  type MatchScope,
  type TierGroup,
} from './title-match.statement.js';
import type { MatchCursor } from '../title/title-cursor.js';
import { hasConditions, limitFilter } from '../title/title-filter.js';
import { toTitle, type TitleRow } from '../title/title-query.js';
import type { Title, TitleFilter } from '../title/title.js';

export interface TitleMatch {
  readonly title: Title;
  /** The names of its people. */
  readonly people: readonly string[];
  readonly rank: number;
  /** Each word of the query that found the title, with its alternatives. */
  readonly words: readonly (readonly string[])[];
}

type MatchRow = TitleRow & Pick<TitleMatch, 'rank' | 'people'>;

const COLUMNS =
  'title_id, name, name_words, people_words, all_words, kind, genres, availability, prominence, minimum_age';

/** The search of titles. Decision 18 explains the order of the matches, and why no query scores all of them. */
@Injectable()
export class TitleSearchRepository {
  constructor(
    private readonly reads: Reads,
    private readonly folding: TextFolding,
    private readonly searchWords: SearchWordsRepository,
  ) {}

  /**
   * Makes titles searchable as they are now. Removes deleted ones. Words are added in order, so that two transactions that
   * add the same words cannot deadlock.
   *
   * Raw SQL: full-text functions, and one statement for all titles instead of several per title.
   */
  async put(tx: Transaction, titleIds: readonly string[]): Promise<void> {
    await tx.query(`DELETE FROM title_search WHERE title_id = ANY ($1::uuid[])`, [titleIds]);
    await tx.query(
      `WITH added AS (
         INSERT INTO title_search (${COLUMNS}) SELECT ${COLUMNS} FROM searchable_title WHERE title_id = ANY ($1::uuid[])
         RETURNING people_words, all_words),
       names AS (
         INSERT INTO title_word (word) SELECT DISTINCT unnest(tsvector_to_array(people_words)) AS word FROM added
         ORDER BY word ON CONFLICT DO NOTHING)
       INSERT INTO search_word (word) SELECT DISTINCT unnest(tsvector_to_array(all_words)) AS word FROM added
       ORDER BY word ON CONFLICT DO NOTHING`,
      [titleIds],
    );
  }

  /**
   * Splits a query into words, and estimates whether many titles match.
   *
   * @param filter only the genres affect the estimate
   */
  async parse(query: string, { genres }: TitleFilter = {}): Promise<MatchQuery> {
    const name = await this.folding.fold(query);
    const typed = toWords(name);
    const words = typed.map((word) => [word]);
    if (typed.length === 0)
      return { name, words, strict: '', indexed: '', hasOnlyKnownWords: false, commonIn: new Set() };
    const [{ hasOnlyKnownWords, completions }, { common, findColumnsWithManyMatches }] = await Promise.all([
      this.searchWords.find(typed),
      this.searchWords.getStatistics(),
    ]);
    const queries = toTsQueries(typed, completions, common);
    const isPrefix = completions === undefined && isShort(typed);
    const commonIn = isPrefix ? new Set(WORDS_COLUMNS) : findColumnsWithManyMatches(typed, genres);
    return { name, words, hasOnlyKnownWords, commonIn, ...queries };
  }

  /**
   * Lists titles that match all words, best match first. Ignores case and accents. Titles with similar words follow if
   * other matches do not fill the page.
   */
  async list(text: string, filter: TitleFilter, after: MatchCursor | undefined, limit: number): Promise<TitleMatch[]> {
    const query = await this.parse(text, filter);
    const matches = await this.listExact('texts', query, filter, after, limit);
    const missing = limit - matches.length;
    if (missing === 0 || query.words.length === 0) return matches;
    const words = await this.findSimilar(query.words);
    if (!words) return matches;
    const similar = await this.listTiers('similar', { ...query, words }, limitFilter(filter), after, missing);
    return [...matches, ...similar];
  }

  /** Extends a query by similar words. Undefined if there are none. */
  async findSimilarQuery(query: MatchQuery): Promise<MatchQuery | undefined> {
    const words = query.words.length > 0 ? await this.findSimilar(query.words) : undefined;
    if (!words) return undefined;
    const strict = toTsQuery(words);
    return { ...query, words, strict, indexed: strict, hasOnlyKnownWords: true, commonIn: new Set() };
  }

  /** Extends words by similar ones. Undefined if there are none. */
  private async findSimilar(words: MatchQuery['words']): Promise<MatchQuery['words'] | undefined> {
    const typed = words.flat();
    const similar = await this.reads.run<SimilarWord>(LIST_SIMILAR_WORDS, [typed]);
    return similar.length > 0 ? toAlternatives(typed, similar) : undefined;
  }

  /**
   * Lists the IDs of matches of all tiers that meet the filter, in no particular order. Includes unavailable titles, and those
   * that are not playable.
   */
  async listIds(query: MatchQuery, requested: TitleFilter, limit: number): Promise<string[]> {
    if (query.words.length === 0) return [];
    const { isPlayableOnly: _, ...filter } = limitFilter(requested);
    const read = async (similar?: MatchQuery['words']): Promise<string[]> => {
      const { text, values } = matchIds(query, similar, filter, limit);
      const [row] = await this.reads.run<{ ids: string }>({ text }, values);
      return row?.ids.match(/\S+/g) ?? [];
    };
    // The exact matches of common words usually reach the limit.
    const exact = hasMany('texts', query) ? await read() : [];
    return exact.length === limit ? exact : read(await this.findSimilar(query.words));
  }

  /** Lists matches without typing errors, best first. */
  async listExact(
    scope: MatchScope,
    query: MatchQuery,
    requested: TitleFilter,
    after: MatchCursor | undefined,
    limit: number,
  ): Promise<TitleMatch[]> {
    if (!query.hasOnlyKnownWords) return [];
    const filter = limitFilter(requested);
    // A filter can leave only a few of many matches.
    if (!hasMany(scope, query) || (query.words.length > 1 && hasConditions(filter))) {
      const { text, values } = matchFew(scope, query, filter, after, limit);
      const rows = await this.reads.run<MatchRow | { readonly id: null }>({ text }, values);
      const found = rows.filter((row): row is MatchRow => row.id !== null);
      if (found.length === rows.length) return toMatches(found, query);
    }
    const matches: TitleMatch[] = [];
    for (const group of listTierGroups(scope)) {
      const missing = limit - matches.length;
      if (missing > 0) matches.push(...(await this.listTiers(group, query, filter, after, missing)));
    }
    return matches;
  }

  private async listTiers(
    group: TierGroup,
    query: MatchQuery,
    filter: TitleFilter,
    after: MatchCursor | undefined,
    limit: number,
  ): Promise<TitleMatch[]> {
    const statement = matchTiers(group, query, filter, after, limit);
    if (statement === undefined) return [];
    return toMatches(await this.reads.run<MatchRow>({ text: statement.text }, statement.values), query);
  }
}

function toMatches(rows: readonly MatchRow[], { words }: MatchQuery): TitleMatch[] {
  return rows.map(({ rank, people, ...row }) => ({ title: toTitle(row), rank, people, words }));
}
