import type { ReadStatement } from '@viernes/database';
import type { OrderCursor } from '../title/title-cursor.js';
import { Parameters, toConditions } from '../title/title-filter.js';
import { TITLE_COLUMNS } from '../title/title-query.js';
import { getTitleNameOrder } from '../title/title-name-order.js';
import type { TitleFilter, TitleOrder } from '../title/title.js';

export interface ListStatement {
  readonly statement: ReadStatement;
  readonly values: readonly unknown[];
}

/** The order that a caller has selected. */
export interface ListOrder {
  readonly order: TitleOrder;
  /** The language whose rules order names. */
  readonly language: string;
}

/** An order of the list, which an index provides. The last key identifies the title. */
interface Order {
  /** The source of the titles, with the alias t. */
  readonly from: string;
  readonly keys: readonly string[];
  readonly direction: 'ASC' | 'DESC';
  /** Number of titles that are read in this order before the indexes of the filters are used. Enough for most pages. */
  readonly window: number;
}

const VISIBLE = 'visible_title t';
const ORDERS: Readonly<Record<Exclude<TitleOrder, 'name'>, Order>> = {
  newest: { from: VISIBLE, keys: ['t.created_at', 't.id'], direction: 'DESC', window: 2_000 },
  popularity: {
    // The last key is title_popularity.title_id, not title.id, so that one index contains both keys.
    from: `(SELECT v.*, popular.view_score, popular.title_id
      FROM title_popularity popular JOIN visible_title v ON v.id = popular.title_id) t`,
    keys: ['t.view_score', 't.title_id'],
    direction: 'DESC',
    // Each title is read by its ID, which takes more than twice as long as reading it in the order of an index.
    window: 1_000,
  },
  score: {
    from: VISIBLE,
    keys: ['coalesce(t.score, -1)', 't.created_at', 't.id'],
    direction: 'DESC',
    window: 2_000,
  },
};

function toOrder({ order, language }: ListOrder): Order {
  if (order !== 'name') return ORDERS[order];
  const keys = [`t.name COLLATE ${getTitleNameOrder(language).collation}`, 't.id'];
  return { from: VISIBLE, keys, direction: 'ASC', window: 2_000 };
}

/** Filters with more conditions match so few titles that the indexes are faster than the window. */
const MAX_WINDOW_CONDITIONS = 3;

/** The window of a filter with MAX_WINDOW_CONDITIONS. */
const SMALL_WINDOW = 500;

/** Up to this number of matches are read by the indexes of the filters and sorted. */
const MAX_SORTED_MATCHES = 3_000;

/**
 * Reads a window of the next titles in the order, and lists those that meet the filter. Without a filter, the next
 * titles are the complete page. The SQL contains the limit, because the plan depends on it.
 *
 * Raw SQL: the query builder has neither subqueries with LIMIT as a table nor named statements.
 *
 * @returns undefined for a person or many conditions, because so few titles match that the window rarely fills the page
 */
export function listInOrder(
  order: ListOrder,
  filter: TitleFilter,
  after: OrderCursor | undefined,
  limit: number,
): ListStatement | undefined {
  const parameters = new Parameters();
  const { from, position, sort, window } = toSql(order, after, parameters);
  const filters = toConditions(filter, parameters);
  if (filter.personId !== undefined || filters.length > MAX_WINDOW_CONDITIONS) return undefined;
  const columns = toColumns(order.order);
  const publication = 'LEFT JOIN publication p ON p.title_id = t.id';
  if (filters.length === 0) {
    const text = `SELECT ${columns} FROM ${from} ${publication} ${where(position)} ${sort} LIMIT ${limit}`;
    const list = order.order === 'name' ? `name-${order.language}` : order.order;
    return { statement: { name: `title-${list}-${after ? 'after-' : ''}${limit}`, text }, values: parameters.values };
  }
  const next = `SELECT * FROM ${from} ${where(position)} ${sort} LIMIT ${filters.length === MAX_WINDOW_CONDITIONS ? SMALL_WINDOW : window}`;
  const text = `SELECT ${columns} FROM (${next}) t ${publication}
    ${where(filters)} ${sort} LIMIT ${limit}`;
  return { statement: { text }, values: parameters.values };
}

/**
 * Lists a page that the window of listInOrder does not fill. Few matches are read by the indexes of the filters and
 * sorted. Many matches are read in order, because they soon fill the page. The choice is explicit: the estimates of
 * PostgreSQL for several filters are too rough, and it would read all titles in order for three matches.
 */
export function listByFilter(
  order: ListOrder,
  filter: TitleFilter,
  after: OrderCursor | undefined,
  limit: number,
): ListStatement {
  const parameters = new Parameters();
  const { from, keys, direction, position, sort } = toSql(order, after, parameters);
  const conditions = [...position, ...toConditions(filter, parameters)];
  const publication = filter.isPlayableOnly ? 'JOIN publication p ON p.title_id = t.id' : '';
  const names = keys.map((_, number) => `key${number}`);
  const columns = keys.map((key, number) => `${key} AS ${names[number]}`).join(', ');
  const selectMatches = `SELECT ${columns} FROM ${from} ${publication} ${where(conditions)}`;
  const byKeys = (prefix = ''): string => `ORDER BY ${names.map((name) => `${prefix}${name} ${direction}`).join(', ')}`;
  const text = `WITH few AS MATERIALIZED (${selectMatches} LIMIT ${MAX_SORTED_MATCHES + 1})
    SELECT ${toColumns(order.order)} FROM (
      (SELECT * FROM few WHERE (SELECT count(*) FROM few) <= ${MAX_SORTED_MATCHES} ${byKeys()} LIMIT ${limit})
      UNION ALL (${selectMatches} AND (SELECT count(*) FROM few) > ${MAX_SORTED_MATCHES} ${sort} LIMIT ${limit})) page
    JOIN ${from} ON ${keys.at(-1)} = page.${names.at(-1)} LEFT JOIN publication p ON p.title_id = t.id
    ${byKeys('page.')}`;
  return { statement: { text }, values: parameters.values };
}

function toSql(order: ListOrder, after: OrderCursor | undefined, parameters: Parameters) {
  const { from, keys, direction, window } = toOrder(order);
  const sort = `ORDER BY ${keys.map((key) => `${key} ${direction}`).join(', ')}`;
  const position: string[] = [];
  if (after) {
    const values = toKeys(after).map((value) => parameters.add(value));
    position.push(`(${keys.join(', ')}) ${direction === 'DESC' ? '<' : '>'} (${values.join(', ')})`);
  }
  return { from, keys, direction, position, sort, window };
}

/** Returns the values of the keys. */
function toKeys(after: OrderCursor): readonly unknown[] {
  switch (after.order) {
    case 'newest':
      return [new Date(after.createdAtMs), after.id];
    case 'name':
      return [after.name, after.id];
    case 'popularity':
      return [after.viewScore, after.id];
    case 'score':
      return [after.score, new Date(after.createdAtMs), after.id];
  }
}

function toColumns(order: TitleOrder): string {
  return order === 'popularity' ? `${TITLE_COLUMNS}, t.view_score AS "viewScore"` : TITLE_COLUMNS;
}

function where(conditions: readonly string[]): string {
  return conditions.length > 0 ? `WHERE ${conditions.join(' AND ')}` : '';
}
