import { Injectable } from '@nestjs/common';
import { Reads, type Transaction } from '@viernes/database';
import { toAlternatives, toTsQuery, toWords, type SimilarWord } from './search-query.js';
import { LIST_SIMILAR_WORDS } from './similar-words.js';
import { TextFolding } from './text-folding.js';
import type { MatchCursor } from '../title/title-cursor.js';
import { Parameters, toConditions } from '../title/title-filter.js';
import { TITLE_COLUMNS, toTitle, type TitleRow } from '../title/title-query.js';
import type { Title, TitleFilter } from '../title/title.js';

export interface TitleMatch {
  readonly title: Title;
  readonly people: readonly { readonly id: string; readonly name: string }[];
  readonly rank: number;
  /** The alternatives of each word of the query that the title matches. */
  readonly words: readonly (readonly string[])[];
}

/**
 * How well a title matches, best last: words of its name and people are similar, the words are in its synopsis, in the
 * names of its people, or in its name, or the name starts with the query, or equals it.
 */
const TIERS = ['similar', 'synopsis', 'people', 'words', 'start', 'equal'] as const;
type Tier = (typeof TIERS)[number];

/** The tiers without typing errors, best first. */
const STRICT_TIERS: readonly Tier[] = ['equal', 'start', 'words', 'people', 'synopsis'];

const COLUMNS = 'title_id, name, name_words, people_words, all_words, kind, genres, availability, prominence';

const PEOPLE = `(SELECT coalesce(jsonb_agg(DISTINCT jsonb_build_object('id', n.id, 'name', n.name)), '[]')
  FROM credit c JOIN person n ON n.id = c.person_id WHERE c.title_id = t.id)`;

/** A rank is the tier times this number, plus the prominence. */
const RANKS_PER_TIER = 2 ** 31;

/**
 * Up to this number of matches are read and sorted. If there are more, the titles are read in the order of prominence until
 * the page is full: about one of every (titles / FEW) matches. Both cost a few milliseconds at 100,000 titles.
 */
const FEW = 1_000;

/** The search of titles. Decision 18 explains the order of the matches, and why no query scores all of them. */
@Injectable()
export class TitleSearchRepository {
  constructor(
    private readonly reads: Reads,
    private readonly folding: TextFolding,
  ) {}

  /** Makes titles searchable as they are now. Removes deleted ones. */
  async put(tx: Transaction, titleIds: readonly string[]): Promise<void> {
    await tx.query(`DELETE FROM title_search WHERE title_id = ANY ($1::uuid[])`, [titleIds]);
    await tx.query(
      `WITH added AS (
         INSERT INTO title_search (${COLUMNS}) SELECT ${COLUMNS} FROM searchable_title WHERE title_id = ANY ($1::uuid[])
         RETURNING people_words)
       INSERT INTO title_word (word) SELECT DISTINCT unnest(tsvector_to_array(people_words)) FROM added ON CONFLICT DO NOTHING`,
      [titleIds],
    );
  }

  /** Splits a query into words. */
  async parse(query: string): Promise<MatchQuery> {
    const name = await this.folding.fold(query);
    const words = toWords(name).map((word) => [word]);
    return { name, strict: toTsQuery(words), words };
  }

  /**
   * Lists titles that match all words, best match first. Ignores case and accents. Titles with similar words follow if
   * other matches do not fill the page.
   */
  async list(text: string, filter: TitleFilter, after: MatchCursor | undefined, limit: number): Promise<TitleMatch[]> {
    const query = await this.parse(text);
    const matches = await this.listTiers(STRICT_TIERS, query, filter, after, limit);
    const missing = limit - matches.length;
    if (missing === 0 || query.words.length === 0) return matches;
    const words = await this.findSimilar(query.words);
    if (!words) return matches;
    return [...matches, ...(await this.listTier('similar', { ...query, words }, filter, after, missing))];
  }

  /** Returns words with the words like them. Undefined if there are none. */
  private async findSimilar(words: MatchQuery['words']): Promise<MatchQuery['words'] | undefined> {
    const typed = words.flat();
    const similar = await this.reads.run<SimilarWord>(LIST_SIMILAR_WORDS, [typed]);
    return similar.length > 0 ? toAlternatives(typed, similar) : undefined;
  }

  /** Lists the IDs of matches of all tiers, in no order. They can be unavailable. */
  async listIds(query: string, limit: number): Promise<string[]> {
    const { strict, words } = await this.parse(query);
    if (words.length === 0) return [];
    const parameters = new Parameters();
    const conditions = [`all_words @@ ${parameters.add(strict)}::tsquery`];
    const similar = await this.findSimilar(words);
    if (similar) conditions.push(`people_words @@ ${parameters.add(toTsQuery(similar))}::tsquery`);
    const matches = `SELECT title_id FROM title_search WHERE ${conditions.join(' OR ')} LIMIT ${limit}`;
    // As one text: pg needs 2 us to parse a row.
    const text = `SELECT array_to_string(ARRAY(${matches}), ' ') AS ids`;
    const [row] = await this.reads.run<{ ids: string }>({ text }, parameters.values);
    return row?.ids.match(/\S+/g) ?? [];
  }

  /** Lists the matches of tiers, best first. */
  async listTiers(
    tiers: readonly Tier[],
    query: MatchQuery,
    filter: TitleFilter,
    after: MatchCursor | undefined,
    limit: number,
  ): Promise<TitleMatch[]> {
    const matches: TitleMatch[] = [];
    if (query.words.length === 0) return matches;
    for (const tier of tiers) {
      const missing = limit - matches.length;
      if (missing > 0) matches.push(...(await this.listTier(tier, query, filter, after, missing)));
    }
    return matches;
  }

  /**
   * Lists the most prominent matches of one tier. The two ways are explicit, because the estimates of PostgreSQL for
   * several words and for beginnings of words are too rough to choose: it would read all titles in order for three
   * matches, or sort thousands.
   */
  private async listTier(
    tier: Tier,
    query: MatchQuery,
    filter: TitleFilter,
    after: MatchCursor | undefined,
    limit: number,
  ): Promise<TitleMatch[]> {
    const number = TIERS.indexOf(tier);
    const afterTier = after ? Math.floor(after.rank / RANKS_PER_TIER) : TIERS.length;
    if (number > afterTier) return [];
    const parameters = new Parameters();
    const conditions = [
      ...toTierConditions(tier, query, parameters),
      ...toConditions(filter, parameters, 's'),
      '(s.availability IS NULL OR is_available(s.availability))',
    ];
    if (after && number === afterTier) {
      const prominence = parameters.add(after.rank % RANKS_PER_TIER);
      conditions.push(`(s.prominence, s.title_id) < (${prominence}::integer, ${parameters.add(after.id)}::uuid)`);
    }
    const title = conditions.some((each) => /\bt\./.test(each)) ? 'JOIN title t ON t.id = s.title_id' : '';
    const publication = filter.isPlayableOnly ? 'JOIN publication p ON p.title_id = s.title_id' : '';
    const selectMatches = `SELECT s.prominence, s.title_id FROM title_search s ${title} ${publication}
      WHERE ${conditions.join(' AND ')}`;
    const best = `ORDER BY prominence DESC, title_id DESC LIMIT ${limit}`;
    const text = `WITH few AS MATERIALIZED (${selectMatches} LIMIT ${FEW + 1})
      SELECT ${number} * ${RANKS_PER_TIER}::float8 + m.prominence AS rank, ${TITLE_COLUMNS}, ${PEOPLE} AS people
      FROM (
        (SELECT * FROM few WHERE (SELECT count(*) FROM few) <= ${FEW} ${best})
        UNION ALL (${selectMatches} AND (SELECT count(*) FROM few) > ${FEW} ${best})) m
      JOIN title t ON t.id = m.title_id LEFT JOIN publication p ON p.title_id = m.title_id
      ORDER BY m.prominence DESC, m.title_id DESC`;
    const rows = await this.reads.run<TitleRow & Omit<TitleMatch, 'title' | 'words'>>({ text }, parameters.values);
    return rows.map(({ rank, people, ...row }) => ({ title: toTitle(row), rank, people, words: query.words }));
  }
}

export interface MatchQuery {
  /** Folded, as typed. */
  readonly name: string;
  /** The tsquery of all words. */
  readonly strict: string;
  /** All words, or words like them. */
  readonly words: readonly (readonly string[])[];
}

/** Returns the conditions of a tier. Each excludes the better ones, so that a title is in one tier. */
function toTierConditions(tier: Tier, { name, strict, words }: MatchQuery, parameters: Parameters): string[] {
  const text = parameters.add(name);
  if (tier === 'equal') return [`s.name = ${text}`];
  const startsWithText = `s.name ^@ ${text}`;
  if (tier === 'start') return [startsWithText, `s.name <> ${text}`];
  const notStart = `NOT ${startsWithText}`;
  const query = parameters.add(strict);
  const inName = `s.name_words @@ ${query}::tsquery`;
  if (tier === 'words') return [inName, notStart];
  const withPeople = `s.people_words @@ ${query}::tsquery`;
  if (tier === 'people') return [withPeople, `NOT ${inName}`, notStart];
  const anywhere = `s.all_words @@ ${query}::tsquery`;
  if (tier === 'synopsis') return [anywhere, `NOT ${withPeople}`, notStart];
  return [`s.people_words @@ ${parameters.add(toTsQuery(words))}::tsquery`, `NOT ${anywhere}`, notStart];
}
