import { isShort, toTsQuery } from './search-query.js';
import type { MatchCursor } from '../title/title-cursor.js';
import { Parameters, toConditions } from '../title/title-filter.js';
import { TITLE_COLUMNS } from '../title/title-query.js';
import type { TitleFilter } from '../title/title.js';

/**
 * The tiers of a match, best last: its name and people have similar words, its synopsis, people, or name have all words, its
 * name starts with the query, or equals it.
 */
const TIERS = ['similar', 'synopsis', 'people', 'words', 'start', 'equal'] as const;
export type Tier = (typeof TIERS)[number];

export type WordsColumn = 'name_words' | 'people_words' | 'all_words';

export interface MatchQuery {
  /** Folded, as typed. */
  readonly name: string;
  /** The tsquery of all words. */
  readonly strict: string;
  /** A tsquery that finds at least the same titles, in less time. */
  readonly indexed: string;
  /** The alternatives of each word: the word itself, and similar ones. */
  readonly words: readonly (readonly string[])[];
  /** Whether titles contain each of the words, not necessarily the same titles. */
  readonly areKnown: boolean;
  /** Whether probably more than a few titles contain all words. */
  readonly isCommon: boolean;
}

export interface MatchStatement {
  readonly text: string;
  readonly values: readonly unknown[];
}

/** A rank is the tier times this number, plus the prominence. */
const RANKS_PER_TIER = 2 ** 31;

/**
 * Up to this number of matches are read and sorted. If there are more, the titles are read in the order of prominence
 * until the page is full: about one of every (titles / FEW) matches. Both cost a few milliseconds at 100,000 titles.
 */
export const FEW = 1_500;

/** The most prominent titles, which are read first if a tier probably has many matches. They fill most pages of it. */
const WINDOW = 2_000;

const PEOPLE = `(SELECT coalesce(jsonb_agg(DISTINCT jsonb_build_object('id', n.id, 'name', n.name)), '[]')
  FROM credit c JOIN person n ON n.id = c.person_id WHERE c.title_id = t.id)`;

/**
 * Lists the best matches of several tiers, if there are at most FEW matches of all of them. If there are more, the only
 * row is empty.
 *
 * @param where the column that contains the words. `name_words` has the tiers from `words` on, `people_words` those from
 *   `people` on, and `all_words` all except `similar`
 */
export function matchFew(
  where: WordsColumn,
  query: MatchQuery,
  filter: TitleFilter,
  after: MatchCursor | undefined,
  limit: number,
): MatchStatement {
  const parameters = new Parameters();
  const [name, words] = [parameters.add(query.name), parameters.add(query.strict)];
  const tier = `CASE WHEN s.name = ${name} THEN ${TIERS.indexOf('equal')}
    WHEN s.name ^@ ${name} THEN ${TIERS.indexOf('start')}
    WHEN s.name_words @@ ${words}::tsquery THEN ${TIERS.indexOf('words')}
    WHEN s.people_words @@ ${words}::tsquery THEN ${TIERS.indexOf('people')} ELSE ${TIERS.indexOf('synopsis')} END`;
  const conditions = [contains(where, query, parameters), ...toFilterConditions(filter, parameters)];
  const rank = `${tier} * ${RANKS_PER_TIER}::float8 + s.prominence AS rank`;
  const position = after ? `AND (rank, title_id) < (${parameters.add(after.rank)}, ${parameters.add(after.id)})` : '';
  const text = `WITH few AS MATERIALIZED (${selectMatches(`${rank}, s.title_id`, filter, conditions)} LIMIT ${FEW + 1}),
      counted AS (SELECT count(*) AS count FROM few)
    SELECT page.* FROM counted LEFT JOIN (
      SELECT m.rank, ${TITLE_COLUMNS}, ${PEOPLE} AS people FROM (
        SELECT * FROM few WHERE (SELECT count FROM counted) <= ${FEW} ${position}
        ORDER BY rank DESC, title_id DESC LIMIT ${limit}) m
      JOIN title t ON t.id = m.title_id LEFT JOIN publication p ON p.title_id = m.title_id) page ON true
    WHERE page.id IS NOT NULL OR counted.count > ${FEW} ORDER BY page.rank DESC, page.id DESC`;
  return { text, values: parameters.values };
}

/**
 * Lists the most prominent matches of one tier. The two ways are explicit, because the estimates of PostgreSQL for
 * several words and for beginnings of words are too rough to choose: it would read all titles in order for three
 * matches, or sort thousands.
 *
 * @param isCommon whether the tier is known to have many matches
 * @returns undefined if all matches of the tier precede the position
 */
export function matchTier(
  tier: Tier,
  query: MatchQuery,
  filter: TitleFilter,
  after: MatchCursor | undefined,
  limit: number,
  isCommon: boolean,
): MatchStatement | undefined {
  const number = TIERS.indexOf(tier);
  const afterTier = after ? Math.floor(after.rank / RANKS_PER_TIER) : TIERS.length;
  if (number > afterTier) return undefined;
  const parameters = new Parameters();
  const conditions = [...toTierConditions(tier, query, parameters), ...toFilterConditions(filter, parameters)];
  const position = ['true'];
  if (after && number === afterTier) {
    const prominence = parameters.add(after.rank % RANKS_PER_TIER);
    position.push(`(s.prominence, s.title_id) < (${prominence}::integer, ${parameters.add(after.id)}::uuid)`);
  }
  const matches = (more: readonly string[], from?: string): string =>
    selectMatches('s.prominence, s.title_id', filter, [...conditions, ...more], from);
  const inOrder = 'ORDER BY prominence DESC, title_id DESC';
  const best = `${inOrder} LIMIT ${limit}`;
  const window = `(SELECT * FROM title_search s WHERE ${position.join(' AND ')} ${inOrder} LIMIT ${WINDOW}) s`;
  const isInWindow = `(SELECT count(*) FROM prominent) = ${limit}`;
  const text = `WITH prominent AS MATERIALIZED (${matches([isCommon ? 'true' : hasMany(tier, query)], window)} ${best}),
      few AS MATERIALIZED (${matches([...position, `NOT ${isInWindow}`])} LIMIT ${FEW + 1})
    SELECT ${number} * ${RANKS_PER_TIER}::float8 + m.prominence AS rank, ${TITLE_COLUMNS}, ${PEOPLE} AS people
    FROM (
      (SELECT * FROM prominent WHERE ${isInWindow})
      UNION ALL (SELECT * FROM few WHERE (SELECT count(*) FROM few) <= ${FEW} ${best})
      UNION ALL (${matches([...position, `(SELECT count(*) FROM few) > ${FEW}`])} ${best})) m
    JOIN title t ON t.id = m.title_id LEFT JOIN publication p ON p.title_id = m.title_id
    ORDER BY m.prominence DESC, m.title_id DESC`;
  return { text, values: parameters.values };
}

/**
 * Lists the IDs of matches of all tiers as one text, because pg needs 2 us to parse a row. Includes unavailable titles.
 *
 * @param similar each word with similar ones, if there are any
 * @param filter applies before the limit
 */
export function matchIds(
  query: MatchQuery,
  similar: MatchQuery['words'] | undefined,
  filter: TitleFilter,
  limit: number,
): MatchStatement {
  const parameters = new Parameters();
  const matches = [`(${contains('all_words', query, parameters)})`];
  if (similar) matches.push(`s.people_words @@ ${parameters.add(toTsQuery(similar))}::tsquery`);
  const { isPlayableOnly: _, ...others } = filter;
  const conditions = [`(${matches.join(' OR ')})`, ...toConditions(others, parameters, 's')];
  const text = `SELECT array_to_string(ARRAY(${selectMatches('s.title_id', filter, conditions)} LIMIT ${limit}), ' ') AS ids`;
  return { text, values: parameters.values };
}

/** Returns a condition that is true if a tier probably has many matches. It reads no title. */
function hasMany(tier: Tier, { words }: MatchQuery): string {
  // The first parameter of a tier is the name.
  if (tier === 'start') {
    const started = `SELECT FROM title_search started WHERE started.name ^@ $1 LIMIT ${FEW + 1}`;
    return `(SELECT count(*) FROM (${started}) started) > ${FEW}`;
  }
  return String(tier !== 'equal' && isShort(words.flat()));
}

/** Returns the condition that a column contains all words. The function is not an operator, so no index is read for it. */
function contains(column: WordsColumn, { strict, indexed }: MatchQuery, parameters: Parameters): string {
  const condition = `s.${column} @@ ${parameters.add(indexed)}::tsquery`;
  return indexed === strict
    ? condition
    : `${condition} AND ts_match_vq(s.${column}, ${parameters.add(strict)}::tsquery)`;
}

function selectMatches(
  columns: string,
  filter: TitleFilter,
  conditions: readonly string[],
  from = 'title_search s',
): string {
  const title = conditions.some((each) => /\bt\./.test(each)) ? 'JOIN title t ON t.id = s.title_id' : '';
  // One lookup per match. For a join, PostgreSQL would read all publications.
  const publication = filter.isPlayableOnly
    ? 'CROSS JOIN LATERAL (SELECT FROM publication WHERE title_id = s.title_id OFFSET 0) p'
    : '';
  return `SELECT ${columns} FROM ${from} ${title} ${publication} WHERE ${conditions.join(' AND ')}`;
}

function toFilterConditions(filter: TitleFilter, parameters: Parameters): string[] {
  const { isPlayableOnly: _, ...others } = filter;
  const conditions = toConditions(others, parameters, 's');
  return filter.includesHidden
    ? conditions
    : [...conditions, '(s.availability IS NULL OR is_available(s.availability))'];
}

/** Returns the conditions of a tier. Each excludes the better ones, so that a title is in one tier. */
function toTierConditions(tier: Tier, query: MatchQuery, parameters: Parameters): string[] {
  const text = parameters.add(query.name);
  if (tier === 'equal') return [`s.name = ${text}`];
  const startsWithText = `s.name ^@ ${text}`;
  if (tier === 'start') return [startsWithText, `s.name <> ${text}`];
  const notStart = `NOT ${startsWithText}`;
  if (tier === 'words') return [contains('name_words', query, parameters), notStart];
  const strict = `${parameters.add(query.strict)}::tsquery`;
  const notInName = `NOT s.name_words @@ ${strict}`;
  if (tier === 'people') return [contains('people_words', query, parameters), notInName, notStart];
  const notInPeople = `NOT s.people_words @@ ${strict}`;
  if (tier === 'synopsis') return [contains('all_words', query, parameters), notInPeople, notStart];
  const similar = `s.people_words @@ ${parameters.add(toTsQuery(query.words))}::tsquery`;
  return [similar, `NOT s.all_words @@ ${strict}`, notStart];
}
