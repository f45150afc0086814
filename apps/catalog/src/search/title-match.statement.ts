import { toTsQuery } from './search-query.js';
import type { MatchCursor } from '../title/title-cursor.js';
import { Parameters, toConditions } from '../title/title-filter.js';
import { TITLE_COLUMNS } from '../title/title-query.js';
import type { TitleFilter } from '../title/title.js';

/**
 * The tiers of a match, best last. The words of the query are similar to those of the name and the people (`similar`), or
 * are all in the name, the people, and the synopsis (`synopsis`), in the name and the people (`people`), or in the name
 * (`words`). The name starts with the query (`start`), or equals it (`equal`).
 */
const TIERS = ['similar', 'synopsis', 'people', 'words', 'start', 'equal'] as const;
type Tier = (typeof TIERS)[number];

export const WORDS_COLUMNS = ['name_words', 'people_words', 'all_words'] as const;
export type WordsColumn = (typeof WORDS_COLUMNS)[number];

/** The tiers that one statement reads, best first. Matches of names fill most pages. */
const TIER_GROUPS = {
  names: ['equal', 'start', 'words'],
  others: ['people', 'synopsis'],
  similar: ['similar'],
} as const satisfies Record<string, readonly Tier[]>;
export type TierGroup = keyof typeof TIER_GROUPS;

/** The texts that a query searches: the groups of their tiers, best first, and the column with all of their words. */
const SCOPES = {
  names: { groups: ['names'], column: 'name_words' },
  texts: { groups: ['names', 'others'], column: 'all_words' },
} as const satisfies Record<string, { readonly groups: readonly TierGroup[]; readonly column: WordsColumn }>;
export type MatchScope = keyof typeof SCOPES;

/** The columns in which the matches of a tier contain all words. */
const COLUMNS: Readonly<Partial<Record<Tier, WordsColumn>>> = {
  start: 'name_words',
  words: 'name_words',
  people: 'people_words',
  synopsis: 'all_words',
};

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
  readonly hasOnlyKnownWords: boolean;
  /** The columns in which probably more than a few titles contain all words. */
  readonly commonIn: ReadonlySet<WordsColumn>;
}

export interface MatchStatement {
  readonly text: string;
  readonly values: readonly unknown[];
}

/** A rank is the tier times this number, plus the prominence. */
const RANKS_PER_TIER = 2 ** 31;

/**
 * Up to this number of matches are read and sorted. If there are more, the titles are read in the order of prominence
 * until the page is full: on average, at least one of every (titles / MAX_SORTED_MATCHES) titles matches. Both cost a few
 * milliseconds at 100,000 titles.
 */
export const MAX_SORTED_MATCHES = 1_500;

/** Number of the most prominent titles, which are read first if a tier probably has many matches. They fill most pages. */
const WINDOW = 2_000;

const IN_ORDER = 'ORDER BY prominence DESC, title_id DESC';

const PEOPLE = `ARRAY(
  SELECT DISTINCT n.name FROM credit c JOIN person n ON n.id = c.person_id WHERE c.title_id = t.id ORDER BY n.name)`;

/**
 * Lists the best matches of a scope, if there are at most MAX_SORTED_MATCHES. If there are more, the only row is empty.
 * Most queries have few matches, and one step for all tiers is planned in a fraction of the time.
 */
export function matchFew(
  scope: MatchScope,
  query: MatchQuery,
  filter: TitleFilter,
  after: MatchCursor | undefined,
  limit: number,
): MatchStatement {
  const parameters = new Parameters();
  const words = toWordConditions(query, parameters);
  // Most matches are in synopses. They need only one comparison of words.
  const tier = `CASE WHEN ${words.equals()} THEN ${TIERS.indexOf('equal')}
    WHEN ${words.starts()} THEN ${TIERS.indexOf('start')}
    WHEN NOT ${words.has('people_words')} THEN ${TIERS.indexOf('synopsis')}
    WHEN ${words.has('name_words')} THEN ${TIERS.indexOf('words')} ELSE ${TIERS.indexOf('people')} END`;
  const conditions = [words.find(SCOPES[scope].column), ...toFilterConditions(filter, parameters)];
  const rank = `${tier} * ${RANKS_PER_TIER}::float8 + s.prominence AS rank`;
  const position = after ? `AND (rank, title_id) < (${parameters.add(after.rank)}, ${parameters.add(after.id)})` : '';
  const matches = selectMatches(`${rank}, s.title_id`, filter, conditions);
  const text = `WITH few AS MATERIALIZED (${matches} LIMIT ${MAX_SORTED_MATCHES + 1}),
      counted AS (SELECT count(*) AS count FROM few)
    SELECT page.* FROM counted LEFT JOIN (
      SELECT m.rank, ${TITLE_COLUMNS}, ${PEOPLE} AS people FROM (
        SELECT * FROM few WHERE (SELECT count FROM counted) <= ${MAX_SORTED_MATCHES} ${position}
        ORDER BY rank DESC, title_id DESC LIMIT ${limit}) m
      JOIN title t ON t.id = m.title_id LEFT JOIN publication p ON p.title_id = m.title_id) page ON true
    WHERE page.id IS NOT NULL OR counted.count > ${MAX_SORTED_MATCHES} ORDER BY page.rank DESC, page.id DESC`;
  return { text, values: parameters.values };
}

/** Returns whether a query probably has more than a few matches. */
export function hasMany(scope: MatchScope, { commonIn }: MatchQuery): boolean {
  return commonIn.has(SCOPES[scope].column);
}

/** Returns the groups of tiers of a scope, best first. */
export function listTierGroups(scope: MatchScope): readonly TierGroup[] {
  return SCOPES[scope].groups;
}

/**
 * Lists the most prominent matches of one tier after the other, until the page is full: PostgreSQL executes the steps of a
 * UNION ALL one by one, and none after the limit. The ways to read a tier are explicit, because the estimates of PostgreSQL
 * for several words and for beginnings of words are too rough to choose: it would read all titles in order for three
 * matches, or sort thousands.
 *
 * @returns undefined if all matches of the group precede the position
 */
export function matchTiers(
  group: TierGroup,
  query: MatchQuery,
  filter: TitleFilter,
  after: MatchCursor | undefined,
  limit: number,
): MatchStatement | undefined {
  const afterTier = after ? Math.floor(after.rank / RANKS_PER_TIER) : TIERS.length;
  const tiers = TIER_GROUPS[group].filter((tier) => TIERS.indexOf(tier) <= afterTier);
  if (tiers.length === 0) return undefined;
  const parameters = new Parameters();
  const words = toWordConditions(query, parameters);
  const filters = toFilterConditions(filter, parameters);
  const [parts, steps]: [string[], string[]] = [[], []];
  for (const tier of tiers) {
    const number = TIERS.indexOf(tier);
    const conditions = [...toTierConditions(tier, query, words, parameters), ...filters];
    const position = ['true'];
    if (after && number === afterTier) {
      const prominence = parameters.add(after.rank % RANKS_PER_TIER);
      position.push(`(s.prominence, s.title_id) < (${prominence}::integer, ${parameters.add(after.id)}::uuid)`);
    }
    const columns = `${number} * ${RANKS_PER_TIER}::float8 + s.prominence AS rank, s.title_id`;
    const matches = (more: readonly string[], from?: string): string =>
      selectMatches(columns, filter, [...conditions, ...more], from);
    const inOrder = `(SELECT * FROM title_search s WHERE ${position.join(' AND ')} ${IN_ORDER}`;
    const best = `${IN_ORDER} LIMIT ${limit}`;

    if (tier === 'equal') {
      // The index of names has this order.
      steps.push(`${matches(position)} ${best}`);
      continue;
    }
    const unlessFull: string[] = [];
    const isManyCondition = toManyCondition(tier, query, words);
    if (isManyCondition !== undefined) {
      parts.push(
        `${tier}_prominent AS MATERIALIZED (${matches([isManyCondition], `${inOrder} LIMIT ${WINDOW}) s`)} ${best})`,
      );
      const isFull = `(SELECT count(*) FROM ${tier}_prominent) = ${limit}`;
      steps.push(`SELECT * FROM ${tier}_prominent WHERE ${isFull}`);
      unlessFull.push(`NOT ${isFull}`);
    }
    parts.push(
      `${tier}_few AS MATERIALIZED (${matches([...position, ...unlessFull])} LIMIT ${MAX_SORTED_MATCHES + 1})`,
    );
    const isFew = `(SELECT count(*) FROM ${tier}_few) <= ${MAX_SORTED_MATCHES}`;
    steps.push(
      `SELECT * FROM ${tier}_few WHERE ${isFew} ORDER BY rank DESC, title_id DESC LIMIT ${limit}`,
      // OFFSET prevents a plan that sorts all matches.
      `${matches([`NOT ${isFew}`], `${inOrder} OFFSET 0) s`)} ${best}`,
    );
  }
  const text = `WITH ${parts.join(', ')}
    SELECT m.rank, ${TITLE_COLUMNS}, ${PEOPLE} AS people
    FROM (${steps.map((step) => `(${step})`).join(' UNION ALL ')} LIMIT ${limit}) m
    JOIN title t ON t.id = m.title_id LEFT JOIN publication p ON p.title_id = m.title_id
    ORDER BY m.rank DESC, m.title_id DESC`;
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
  const matches = [`(${toWordConditions(query, parameters).find('all_words')})`];
  if (similar) matches.push(`s.people_words @@ ${parameters.add(toTsQuery(similar))}::tsquery`);
  const conditions = [`(${matches.join(' OR ')})`, ...toConditions(filter, parameters, 's')];
  const text = `SELECT array_to_string(ARRAY(${selectMatches('s.title_id', filter, conditions)} LIMIT ${limit}), ' ') AS ids`;
  return { text, values: parameters.values };
}

/** The conditions of a query on the words of a title. */
interface WordConditions {
  readonly equals: () => string;
  readonly starts: () => string;
  /** All words. PostgreSQL can use an index. */
  readonly find: (column: WordsColumn) => string;
  /** All words. A function and not an operator, so PostgreSQL reads neither an index nor statistics. */
  readonly has: (column: WordsColumn) => string;
}

function toWordConditions(query: MatchQuery, parameters: Parameters): WordConditions {
  // A parameter is added when it is used, because PostgreSQL cannot infer the type of an unused one.
  const placeholders: { [Field in 'name' | 'strict' | 'indexed']?: string } = {};
  const add = (field: keyof typeof placeholders): string => (placeholders[field] ??= parameters.add(query[field]));
  const has = (column: WordsColumn): string => `ts_match_vq(s.${column}, ${add('strict')}::tsquery)`;
  return {
    equals: () => `s.name = ${add('name')}`,
    starts: () => `s.name ^@ ${add('name')}`,
    find: (column) => {
      const found = `s.${column} @@ ${add('indexed')}::tsquery`;
      return query.indexed === query.strict ? found : `${found} AND ${has(column)}`;
    },
    has,
  };
}

/**
 * Returns a condition that is true if a tier probably has many matches. Undefined if the tier probably has few. The tier
 * `start` counts its matches, because the statistics of words do not contain how many names start with several of them.
 */
function toManyCondition(tier: Tier, query: MatchQuery, { starts }: WordConditions): string | undefined {
  const column = COLUMNS[tier];
  if (!column || !query.commonIn.has(column)) return undefined;
  if (tier !== 'start') return 'true';
  const started = `SELECT FROM title_search s WHERE ${starts()} LIMIT ${MAX_SORTED_MATCHES + 1}`;
  return `(SELECT count(*) FROM (${started}) started) > ${MAX_SORTED_MATCHES}`;
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
function toTierConditions(
  tier: Tier,
  query: MatchQuery,
  { equals, starts, find, has }: WordConditions,
  parameters: Parameters,
): string[] {
  switch (tier) {
    case 'equal':
      return [equals()];
    case 'start':
      return [starts(), `NOT ${equals()}`];
    case 'words':
      return [find('name_words'), `NOT ${starts()}`];
    case 'people':
      return [find('people_words'), `NOT ${has('name_words')}`, `NOT ${starts()}`];
    case 'synopsis':
      return [find('all_words'), `NOT ${has('people_words')}`, `NOT ${starts()}`];
    case 'similar': {
      const similar = `s.people_words @@ ${parameters.add(toTsQuery(query.words))}::tsquery`;
      return [similar, `NOT ${has('all_words')}`, `NOT ${starts()}`];
    }
  }
}
