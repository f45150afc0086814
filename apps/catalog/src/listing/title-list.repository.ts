import { Injectable } from '@nestjs/common';
import { ViewerReads } from '../audience/viewer-reads.js';
import type { OrderCursor } from '../title/title-cursor.js';
import { toTitle, type TitleRow } from '../title/title-query.js';
import type { Title, TitleFilter } from '../title/title.js';
import { listByFilter, listInOrder, type ListOrder, type ListStatement } from './title-list.statement.js';

export interface ListedTitle {
  readonly title: Title;
  /** The position of the title in the list. */
  readonly cursor: OrderCursor;
}

type ListRow = TitleRow & { readonly viewScore?: number };

@Injectable()
export class TitleListRepository {
  constructor(private readonly reads: ViewerReads) {}

  /** Lists titles in an order, starting after the cursor. For most filters, the next titles in that order fill the page. */
  async list(
    requested: ListOrder,
    filter: TitleFilter,
    after: OrderCursor | undefined,
    limit: number,
  ): Promise<ListedTitle[]> {
    // All pages of a list sort names in the language of the first page, even if the viewer selects another language.
    const order = after?.order === 'name' ? after : requested;
    const next = listInOrder(order, filter, after, limit);
    if (next) {
      const isComplete = next.statement.name !== undefined;
      const found = await this.read(order, filter, next);
      if (isComplete || found.length === limit) return found;
    }
    return this.read(order, filter, listByFilter(order, filter, after, limit));
  }

  private async read(
    order: ListOrder,
    { includesHidden }: TitleFilter,
    { statement, values }: ListStatement,
  ): Promise<ListedTitle[]> {
    const rows = await this.reads.run<ListRow>(statement, values, includesHidden);
    return rows.map((row) => {
      const title = toTitle(row);
      return { title, cursor: toCursor(order, title, row.viewScore ?? 0) };
    });
  }
}

function toCursor(
  { order, language }: ListOrder,
  { id, name, score = -1, createdAt }: Title,
  viewScore: number,
): OrderCursor {
  const createdAtMs = createdAt.getTime();
  switch (order) {
    case 'newest':
      return { order, createdAtMs, id };
    case 'name':
      return { order, language, name, id };
    case 'popularity':
      return { order, viewScore, id };
    case 'score':
      return { order, score, createdAtMs, id };
  }
}
