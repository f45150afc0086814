import { Injectable } from '@nestjs/common';
import { Reads, type ReadStatement, type Transaction } from '@viernes/database';
import { toAlternatives, toTsQuery, type SimilarWord } from './search-query.js';
import type { MatchCursor } from '../title/title-cursor.js';
import { Parameters, toConditions } from '../title/title-filter.js';
import { TITLE_COLUMNS, toTitle, type TitleRow } from '../title/title-query.js';
import type { Title, TitleFilter } from '../title/title.js';

export interface TitleMatch {
  readonly title: Title;
  readonly rank: number;
}

/** How well a name matches, best last: its words are similar, it contains all words, starts with the query, or equals it. */
const TIERS = ['similar', 'words', 'start', 'equal'] as const;
type Tier = (typeof TIERS)[number];

/** A rank is the tier times this number, plus the prominence. */
const RANKS_PER_TIER = 2 ** 31;

const SPLIT_QUERY: ReadStatement = {
  name: 'search-split-query',
  text: `SELECT fold_text($1) AS name,
    ARRAY(SELECT lexeme FROM unnest(to_tsvector('simple', fold_text($1))) ORDER BY positions[1]) AS words`,
};

/** Two errors in five letters still identify a word. Shorter words would match too many others. */
const MAX_DISTANCE = 'CASE WHEN length(typed.word) < 5 THEN 1 ELSE 2 END';

/**
 * Lists the words of names that are similar to typed words. Reads only words with the same first letter or similar trigrams, and
 * those with an error in the first letter, because short words have too few trigrams.
 * The last word can be the beginning of a longer one. Two swapped neighbors count as one error, and so does a missing space:
 * a word is split at each position, and both halves are looked up.
 */
const LIST_SIMILAR_WORDS: ReadStatement = {
  name: 'search-similar-words',
  text: `SELECT typed.word AS typed, found.word, found.distance
    FROM unnest($1::text[]) WITH ORDINALITY AS typed(word, number)
    CROSS JOIN LATERAL (
      SELECT ARRAY(
        SELECT overlay(typed.word PLACING reverse(substr(typed.word, n, 2)) FROM n FOR 2)
        FROM generate_series(1, length(typed.word) - 1) n) AS words) swapped
    CROSS JOIN LATERAL (
      SELECT swapped.words || substr(typed.word, 2) || ARRAY(
        SELECT chr(letter) || rest FROM generate_series(ascii('a'), ascii('z')) letter,
          unnest(ARRAY[typed.word, substr(typed.word, 2)]) rest) AS words) initial
    CROSS JOIN LATERAL (
      SELECT candidate.word, CASE WHEN candidate.text = ANY (swapped.words) THEN 1
        ELSE levenshtein_less_equal(candidate.text, typed.word, ${MAX_DISTANCE}) END AS distance
      FROM (
        SELECT w.word, CASE WHEN typed.number = cardinality($1::text[]) AND length(w.word) > length(typed.word) + 1
          THEN left(w.word, length(typed.word)) ELSE w.word END AS text
        FROM title_word w
        WHERE w.word % typed.word OR w.word = ANY (initial.words)
          OR (left(w.word, 1) = left(typed.word, 1) AND length(w.word) >= length(typed.word) - 2)) candidate
      ORDER BY distance, similarity(candidate.word, typed.word) DESC, candidate.word LIMIT 5) found
    WHERE length(typed.word) > 2 AND found.distance <= ${MAX_DISTANCE} AND found.word <> typed.word
    UNION ALL SELECT typed, words, 1 FROM (
      SELECT typed.word AS typed, (SELECT w.word FROM title_word w WHERE w.word = left(typed.word, n)) || ' '
        || (SELECT w.word FROM title_word w WHERE w.word = substr(typed.word, n + 1)) AS words
      FROM unnest($1::text[]) AS typed(word), generate_series(2, length(typed.word) - 2) n OFFSET 0) split
    WHERE words IS NOT NULL`,
};

/**
 * Up to this number of matches are read and sorted. If there are more, the titles are read in the order of prominence until
 * the page is full: about one of every (titles / FEW) matches. Both cost a few milliseconds at 100,000 titles.
 */
const FEW = 1_000;

/** The search of titles by name. Decision 18 explains the order of the matches, and why no query scores all of them. */
@Injectable()
export class TitleSearchRepository {
  constructor(private readonly reads: Reads) {}

  /** Makes new titles searchable, and replaces what is searched of changed ones. */
  async put(tx: Transaction, titleIds: readonly string[]): Promise<void> {
    await tx.query(
      `WITH added AS (
         INSERT INTO title_search (title_id, name, words, kind, genres, prominence)
         SELECT t.id, fold_text(t.name), to_tsvector('simple', fold_text(t.name)), t.kind, t.genres,
           title_prominence(popular.view_score, t.score, t.name)
         FROM title t LEFT JOIN title_popularity popular ON popular.title_id = t.id WHERE t.id = ANY ($1::uuid[])
         ON CONFLICT (title_id) DO UPDATE SET name = excluded.name, words = excluded.words, kind = excluded.kind,
           genres = excluded.genres, prominence = excluded.prominence
         RETURNING words)
       INSERT INTO title_word (word) SELECT unnest(tsvector_to_array(words)) FROM added ON CONFLICT DO NOTHING`,
      [titleIds],
    );
  }

  /**
   * Lists titles whose name matches all words, best match first. Ignores case and accents. Names with similar words follow
   * if other matches do not fill the page.
   */
  async list(query: string, filter: TitleFilter, after: MatchCursor | undefined, limit: number): Promise<TitleMatch[]> {
    const [split] = await this.reads.run<{ name: string; words: string[] }>(SPLIT_QUERY, [query]);
    if (!split || split.words.length === 0) return [];
    const { name, words } = split;
    const strict = toTsQuery(words.map((word) => [word]));
    const matches: TitleMatch[] = [];
    const search = async (tier: Tier, similar = ''): Promise<void> => {
      const missing = limit - matches.length;
      if (missing > 0) matches.push(...(await this.listTier(tier, { name, strict, similar }, filter, after, missing)));
    };
    await search('equal');
    await search('start');
    await search('words');
    if (matches.length === limit) return matches;

    const alternatives = toAlternatives(words, await this.reads.run<SimilarWord>(LIST_SIMILAR_WORDS, [words]));
    if (alternatives.some(({ length }) => length > 1)) await search('similar', toTsQuery(alternatives));
    return matches;
  }

  /**
   * Lists the most prominent matches of one tier. The two ways are explicit, because the estimates of PostgreSQL for several
   * words and for beginnings of words are too rough to choose: it would read all titles in order for three matches, or sort
   * thousands.
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
    const conditions = [...toTierConditions(tier, query, parameters), ...toConditions(filter, parameters, 's')];
    if (after && number === afterTier) {
      const prominence = parameters.add(after.rank % RANKS_PER_TIER);
      conditions.push(`(s.prominence, s.title_id) < (${prominence}::integer, ${parameters.add(after.id)}::uuid)`);
    }
    const publication = filter.isPlayableOnly ? 'JOIN publication p ON p.title_id = s.title_id' : '';
    const selectMatches = `SELECT s.prominence, s.title_id FROM title_search s ${publication}
      WHERE ${conditions.join(' AND ')}`;
    const best = `ORDER BY prominence DESC, title_id DESC LIMIT ${limit}`;
    const text = `WITH few AS MATERIALIZED (${selectMatches} LIMIT ${FEW + 1})
      SELECT ${number} * ${RANKS_PER_TIER}::float8 + m.prominence AS rank, ${TITLE_COLUMNS}
      FROM (
        (SELECT * FROM few WHERE (SELECT count(*) FROM few) <= ${FEW} ${best})
        UNION ALL (${selectMatches} AND (SELECT count(*) FROM few) > ${FEW} ${best})) m
      JOIN visible_title t ON t.id = m.title_id LEFT JOIN publication p ON p.title_id = m.title_id
      ORDER BY m.prominence DESC, m.title_id DESC`;
    const rows = await this.reads.run<TitleRow & { rank: number }>({ text }, parameters.values);
    return rows.map(({ rank, ...row }) => ({ title: toTitle(row), rank }));
  }
}

interface MatchQuery {
  /** Folded, as typed. */
  readonly name: string;
  /** The tsquery of all words. */
  readonly strict: string;
  /** The tsquery of all words or words like them. */
  readonly similar: string;
}

/** Returns the conditions of a tier. Each excludes the better ones, so that a title is in one tier. */
function toTierConditions(tier: Tier, { name, strict, similar }: MatchQuery, parameters: Parameters): string[] {
  const text = parameters.add(name);
  if (tier === 'equal') return [`s.name = ${text}`];
  const startsWithText = `s.name ^@ ${text}`;
  if (tier === 'start') return [startsWithText, `s.name <> ${text}`];
  const hasWords = `s.words @@ ${parameters.add(strict)}::tsquery`;
  if (tier === 'words') return [hasWords, `NOT ${startsWithText}`];
  return [`s.words @@ ${parameters.add(similar)}::tsquery`, `NOT ${hasWords}`, `NOT ${startsWithText}`];
}
