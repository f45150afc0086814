import { Injectable } from '@nestjs/common';
import { Reads, type Transaction } from '@viernes/database';
import { toAlternatives, toTsQueries, toTsQuery, toWords, type SimilarWord } from './search-query.js';
import { SearchWordsRepository } from './search-words.repository.js';
import { LIST_SIMILAR_WORDS } from './similar-words.js';
import { TextFolding } from './text-folding.js';
import { FEW, matchFew, matchIds, matchTier, type MatchQuery, type Tier } from './title-match.statement.js';
import type { MatchCursor } from '../title/title-cursor.js';
import { isFilter, limitFilter } from '../title/title-filter.js';
import { toTitle, type TitleRow } from '../title/title-query.js';
import type { Title, TitleFilter } from '../title/title.js';

export interface TitleMatch {
  readonly title: Title;
  readonly people: readonly { readonly id: string; readonly name: string }[];
  readonly rank: number;
  /** The alternatives of each word of the query that the title matches. */
  readonly words: readonly (readonly string[])[];
}

export interface MatchedIds {
  readonly all: readonly string[];
  readonly filtered?: readonly string[];
}

type MatchRow = TitleRow & Pick<TitleMatch, 'rank' | 'people'>;

/**
 * The tiers without typing errors, best first, by the column that contains the words. `all_words` lists only its last
 * tier: `listExact` starts it with the tiers of `people_words`.
 */
const EXACT_TIERS = {
  name_words: ['equal', 'start', 'words'],
  people_words: ['equal', 'start', 'words', 'people'],
  all_words: ['synopsis'],
} as const satisfies Record<string, readonly Tier[]>;

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
   * add the same words cannot wait for each other.
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

  /** Splits a query into words. */
  async parse(query: string): Promise<MatchQuery> {
    const name = await this.folding.fold(query);
    const typed = toWords(name);
    const words = typed.map((word) => [word]);
    if (typed.length === 0) return { name, words, strict: '', indexed: '', areKnown: false, isCommon: false };
    const [{ areAllKnown, completions }, { common, estimate }] = await Promise.all([
      this.searchWords.find(typed),
      this.searchWords.getStatistics(),
    ]);
    const isCommon = estimate(typed) > FEW;
    return { name, words, areKnown: areAllKnown, isCommon, ...toTsQueries(typed, completions, common) };
  }

  /**
   * Lists titles that match all words, best match first. Ignores case and accents. Titles with similar words follow if
   * other matches do not fill the page.
   */
  async list(text: string, filter: TitleFilter, after: MatchCursor | undefined, limit: number): Promise<TitleMatch[]> {
    const query = await this.parse(text);
    const matches = await this.listExact('all_words', query, filter, after, limit);
    const missing = limit - matches.length;
    if (missing === 0 || query.words.length === 0) return matches;
    const words = await this.findSimilar(query.words);
    if (!words) return matches;
    return [...matches, ...(await this.listTier('similar', { ...query, words }, filter, after, missing))];
  }

  /** Extends a query by similar words. Undefined if there are none. */
  async findSimilarQuery(query: MatchQuery): Promise<MatchQuery | undefined> {
    const words = query.words.length > 0 ? await this.findSimilar(query.words) : undefined;
    if (!words) return undefined;
    const strict = toTsQuery(words);
    return { ...query, words, strict, indexed: strict, areKnown: true, isCommon: false };
  }

  /** Extends words by similar ones. Undefined if there are none. */
  private async findSimilar(words: MatchQuery['words']): Promise<MatchQuery['words'] | undefined> {
    const typed = words.flat();
    const similar = await this.reads.run<SimilarWord>(LIST_SIMILAR_WORDS, [typed]);
    return similar.length > 0 ? toAlternatives(typed, similar) : undefined;
  }

  /**
   * Lists the IDs of matches of all tiers, in no particular order. Includes unavailable titles.
   *
   * @returns `all` matches up to the limit. If it is reached, also up to as many matches that meet the filter, as `filtered`
   */
  async listIds(text: string, filter: TitleFilter, limit: number): Promise<MatchedIds> {
    const query = await this.parse(text);
    if (query.words.length === 0) return { all: [] };
    const similar = await this.findSimilar(query.words);
    const list = async (restriction: TitleFilter): Promise<string[]> => {
      const statement = matchIds(query, similar, restriction, limit);
      const [row] = await this.reads.run<{ ids: string }>({ text: statement.text }, statement.values);
      return row?.ids.match(/\S+/g) ?? [];
    };
    const all = await list({});
    if (all.length < limit) return { all };
    const { isPlayableOnly: _, ...restriction } = limitFilter(filter);
    return { all, filtered: isFilter(restriction) ? await list(restriction) : all };
  }

  /** Lists matches without typing errors, best first. @param where the column that contains the words */
  async listExact(
    where: keyof typeof EXACT_TIERS,
    query: MatchQuery,
    filter: TitleFilter,
    after: MatchCursor | undefined,
    limit: number,
  ): Promise<TitleMatch[]> {
    if (!query.areKnown) return [];
    // Several words rarely match many titles. One statement for all tiers costs half as much as planning five.
    const hasSeveral = query.words.length > 1;
    const canBeFew = hasSeveral && (where !== 'all_words' || !query.isCommon || isFilter(limitFilter(filter)));
    const few = canBeFew ? await this.listFew(where, query, filter, after, limit) : undefined;
    if (few) return few;
    // Few names contain all words, even if many synopses do.
    const matches = where === 'all_words' ? await this.listExact('people_words', query, filter, after, limit) : [];
    for (const tier of EXACT_TIERS[where]) {
      const missing = limit - matches.length;
      // Names that equal the query or start with it are few, even if many contain its words.
      const isCommon = hasSeveral && tier !== 'equal' && tier !== 'start';
      if (missing > 0) matches.push(...(await this.listTier(tier, query, filter, after, missing, isCommon)));
    }
    return matches;
  }

  /** @returns undefined if there are more than a few matches */
  private async listFew(
    where: keyof typeof EXACT_TIERS,
    query: MatchQuery,
    filter: TitleFilter,
    after: MatchCursor | undefined,
    limit: number,
  ): Promise<TitleMatch[] | undefined> {
    const { text, values } = matchFew(where, query, limitFilter(filter), after, limit);
    const rows = await this.reads.run<MatchRow | { readonly id: null }>({ text }, values);
    const found = rows.filter((row): row is MatchRow => row.id !== null);
    return found.length === rows.length ? toMatches(found, query) : undefined;
  }

  /** Lists the most prominent matches of one tier. */
  private async listTier(
    tier: Tier,
    query: MatchQuery,
    filter: TitleFilter,
    after: MatchCursor | undefined,
    limit: number,
    isCommon = false,
  ): Promise<TitleMatch[]> {
    const statement = matchTier(tier, query, limitFilter(filter), after, limit, isCommon);
    if (statement === undefined || query.words.length === 0) return [];
    return toMatches(await this.reads.run<MatchRow>({ text: statement.text }, statement.values), query);
  }
}

function toMatches(rows: readonly MatchRow[], { words }: MatchQuery): TitleMatch[] {
  return rows.map(({ rank, people, ...row }) => ({ title: toTitle(row), rank, people, words }));
}
