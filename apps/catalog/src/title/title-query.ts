import type { ReadStatement } from '@viernes/database';
import type { Title, TitleFilter, TitleKind } from './title.js';

/** A title and its publication, which is null until the title is playable. */
export interface TitleRow {
  readonly id: string;
  readonly kind: TitleKind;
  readonly name: string;
  readonly synopsis: string;
  readonly releaseYear: number | null;
  readonly genres: string[];
  readonly directors: string[];
  readonly maturityRating: string | null;
  readonly runtimeMinutes: number | null;
  readonly score: number | null;
  readonly externalId: string | null;
  readonly createdAt: Date;
  readonly assetId: string | null;
  readonly durationMs: number | null;
}

const COLUMNS: Readonly<Record<keyof TitleRow, string>> = {
  id: 't.id',
  kind: 't.kind',
  name: 't.name',
  synopsis: 't.synopsis',
  releaseYear: 't.release_year',
  genres: 't.genres',
  directors: 't.directors',
  maturityRating: 't.maturity_rating',
  runtimeMinutes: 't.runtime_minutes',
  score: 't.score',
  externalId: 't.external_id',
  createdAt: 't.created_at',
  assetId: 'p.asset_id',
  durationMs: 'CAST(p.duration_ms AS float8)',
};

/** The columns of a TitleRow, from `title t` and `publication p`. */
export const TITLE_COLUMNS = Object.entries(COLUMNS)
  .map(([property, column]) => `${column} AS "${property}"`)
  .join(', ');

const SELECT_TITLES = `SELECT ${TITLE_COLUMNS} FROM title t LEFT JOIN publication p ON p.title_id = t.id`;

// Raw SQL: the query builder needs more CPU time for one title than PostgreSQL, and it cannot name a statement.
export const GET_TITLE: ReadStatement = { name: 'title-get', text: `${SELECT_TITLES} WHERE t.id = $1` };

export const BATCH_GET_TITLES: ReadStatement = {
  name: 'title-batch-get',
  text: `${SELECT_TITLES} WHERE t.id = ANY ($1::uuid[])`,
};

/** The parameters of a statement that is composed of conditions. */
export class Parameters {
  readonly values: unknown[] = [];

  /** @returns the placeholder of the value */
  add(value: unknown): string {
    this.values.push(value);
    return `$${this.values.length}`;
  }
}

/** Returns the conditions of a filter on `publication p`, and on `title t` or `title_search s`. */
export function toConditions(
  { kind, genre, isPlayableOnly }: TitleFilter,
  parameters: Parameters,
  title: 't' | 's' = 't',
): string[] {
  const conditions: string[] = [];
  if (kind) conditions.push(`${title}.kind = ${parameters.add(kind)}`);
  // The GIN index on genres supports @>, but not = ANY.
  if (genre) conditions.push(`${title}.genres @> ARRAY[${parameters.add(genre)}]`);
  if (isPlayableOnly) conditions.push('p.title_id IS NOT NULL');
  return conditions;
}

/** Newest titles that are read in order before the indexes of the filters are used. */
const RECENT = 1_000;

type Position = { readonly createdAt: Date; readonly id: string };

/** Lists titles newest first, after a position. The limit is a part of the text, because the plan depends on it. */
export function listNewest(
  filter: TitleFilter,
  after: Position | undefined,
  limit: number,
): { statement: ReadStatement; values: readonly unknown[] } {
  const parameters = new Parameters();
  const position = after
    ? [`(t.created_at, t.id) < (${parameters.add(after.createdAt)}, ${parameters.add(after.id)})`]
    : [];
  const filters = toConditions(filter, parameters);
  const order = `ORDER BY t.created_at DESC, t.id DESC LIMIT`;
  if (filters.length > 0) {
    return { statement: { text: listFiltered(position, filters, order, limit) }, values: parameters.values };
  }
  const name = `title-newest-${after ? 'after-' : ''}${limit}`;
  return {
    statement: { name, text: `${SELECT_TITLES} ${where(position)} ${order} ${limit}` },
    values: parameters.values,
  };
}

/**
 * Most filters fill a page from the newest titles. If they do not, all matches are read by the index of the filter and sorted.
 * OFFSET 0 prevents that PostgreSQL reads titles in order instead: it expects matches of a genre that has none, and reads all.
 */
function listFiltered(position: readonly string[], filters: readonly string[], order: string, limit: number): string {
  const publication = 'LEFT JOIN publication p ON p.title_id = t.id';
  return `WITH recent AS MATERIALIZED (
      SELECT ${TITLE_COLUMNS} FROM (SELECT * FROM title t ${where(position)} ${order} ${RECENT}) t ${publication}
      ${where(filters)} ${order} ${limit})
    SELECT * FROM recent WHERE (SELECT count(*) FROM recent) = ${limit}
    UNION ALL (
      SELECT * FROM (SELECT ${TITLE_COLUMNS} FROM title t ${publication}
        WHERE ${[...position, ...filters].join(' AND ')} AND (SELECT count(*) FROM recent) < ${limit} OFFSET 0) matches
      ORDER BY "createdAt" DESC, id DESC LIMIT ${limit})
    ORDER BY "createdAt" DESC, id DESC`;
}

function where(conditions: readonly string[]): string {
  return conditions.length > 0 ? `WHERE ${conditions.join(' AND ')}` : '';
}

export function toTitle({ assetId, durationMs, ...row }: TitleRow): Title {
  return {
    ...row,
    releaseYear: row.releaseYear ?? undefined,
    maturityRating: row.maturityRating ?? undefined,
    runtimeMinutes: row.runtimeMinutes ?? undefined,
    score: row.score ?? undefined,
    externalId: row.externalId ?? undefined,
    asset: assetId === null || durationMs === null ? undefined : { assetId, durationMs },
  };
}
