import { Injectable } from '@nestjs/common';
import { Reads, type ReadStatement } from '@viernes/database';
import { Parameters, toConditions } from '../title/title-filter.js';
import { SELECT_TITLES, TITLE_COLUMNS, toTitle, type TitleRow } from '../title/title-query.js';
import type { Title, TitleFilter } from '../title/title.js';
import type { NewestCursor } from '../title/title-cursor.js';

@Injectable()
export class TitleListRepository {
  constructor(private readonly reads: Reads) {}

  /** Lists the newest titles first, starting after the cursor. */
  async listNewest(filter: TitleFilter, after: NewestCursor | undefined, limit: number): Promise<Title[]> {
    const position = after && { createdAt: new Date(after.createdAtMs), id: after.id };
    const { statement, values } = listNewest(filter, position, limit);
    return (await this.reads.run<TitleRow>(statement, values)).map(toTitle);
  }
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
      SELECT ${TITLE_COLUMNS} FROM (SELECT * FROM visible_title t ${where(position)} ${order} ${RECENT}) t ${publication}
      ${where(filters)} ${order} ${limit})
    SELECT * FROM recent WHERE (SELECT count(*) FROM recent) = ${limit}
    UNION ALL (
      SELECT * FROM (SELECT ${TITLE_COLUMNS} FROM visible_title t ${publication}
        WHERE ${[...position, ...filters].join(' AND ')} AND (SELECT count(*) FROM recent) < ${limit} OFFSET 0) matches
      ORDER BY "createdAt" DESC, id DESC LIMIT ${limit})
    ORDER BY "createdAt" DESC, id DESC`;
}

function where(conditions: readonly string[]): string {
  return conditions.length > 0 ? `WHERE ${conditions.join(' AND ')}` : '';
}
