import { Injectable } from '@nestjs/common';
import { matchCursor, newestCursor, parseMatchCursor, parseNewestCursor } from './title-cursor.js';
import { TitleSearchRepository } from './title-search.repository.js';
import type { Title } from './title.js';
import { TitleRepository } from './title.repository.js';
import type { TitlesPage } from './title.requests.js';

export interface TitleList {
  readonly titles: readonly Title[];
  /** Empty on the last page. */
  readonly nextCursor: string;
}

@Injectable()
export class ListTitles {
  constructor(
    private readonly titles: TitleRepository,
    private readonly search: TitleSearchRepository,
  ) {}

  /** Newest first; best match first where there is a query. @throws CodedError CURSOR_INVALID */
  async run({ query, cursor, pageSize, kind, genre, playableOnly }: TitlesPage): Promise<TitleList> {
    const filter = { kind, genre, isPlayableOnly: playableOnly };
    // One more than asked for tells whether there is a next page.
    const limit = pageSize + 1;
    if (query === '') {
      const found = await this.titles.listNewest(filter, parseNewestCursor(cursor), limit);
      const last = found.length > pageSize ? found[pageSize - 1] : undefined;
      const nextCursor = last ? newestCursor({ createdAtMs: last.createdAt.getTime(), id: last.id }) : '';
      return { titles: found.slice(0, pageSize), nextCursor };
    }
    const found = await this.search.list(query, filter, parseMatchCursor(cursor), limit);
    const last = found.length > pageSize ? found[pageSize - 1] : undefined;
    const nextCursor = last ? matchCursor({ rank: last.rank, id: last.title.id }) : '';
    return { titles: found.slice(0, pageSize).map(({ title }) => title), nextCursor };
  }
}
