import { Injectable } from '@nestjs/common';
import { ReadCoalescer } from '@viernes/platform';
import { CountTitles } from '../facet/count-titles.service.js';
import { decodeMatchCursor, decodeOrderCursor, encodeMatchCursor, encodeOrderCursor } from '../title/title-cursor.js';
import { TextFolding } from '../search/text-folding.js';
import { highlightMatches, type TitleHighlights } from '../search/title-highlights.js';
import { TitleSearchRepository } from '../search/title-search.repository.js';
import type { Title } from '../title/title.js';
import type { ListTitlesRequest } from './listing.requests.js';
import { TitleListRepository } from './title-list.repository.js';

export interface TitlePage {
  readonly titles: readonly Title[];
  /** Empty on the last page. */
  readonly nextCursor: string;
  /** Highlights of each title, in the same order. Empty without a query. */
  readonly highlights: readonly TitleHighlights[];
  /** Number of titles on all pages. Undefined unless the request includes it. */
  readonly estimatedTotal?: number | undefined;
  /** Whether the query and the filter can have more matches than the total counts. */
  readonly isTotalLowerBound: boolean;
}

@Injectable()
export class ListTitles {
  constructor(
    private readonly titles: TitleListRepository,
    private readonly search: TitleSearchRepository,
    private readonly folding: TextFolding,
    private readonly count: CountTitles,
    private readonly coalescer: ReadCoalescer,
  ) {}

  /**
   * Lists titles in the requested order, or the best matches first if there is a query.
   *
   * @throws CodedError CURSOR_INVALID
   */
  async run({ includeTotal, ...request }: ListTitlesRequest): Promise<TitlePage> {
    const read = request.query === '' ? 'list' : 'search';
    const [page, counted] = await Promise.all([
      this.coalescer.run(read, JSON.stringify(request), () => this.list(request)),
      includeTotal ? this.count.countTotal(request.query, request.filter) : undefined,
    ]);
    return { ...page, estimatedTotal: counted?.total, isTotalLowerBound: counted?.isLowerBound ?? false };
  }

  private async list(
    request: Omit<ListTitlesRequest, 'includeTotal'>,
  ): Promise<Omit<TitlePage, 'estimatedTotal' | 'isTotalLowerBound'>> {
    const { query, filter, order, language, cursor, pageSize } = request;
    // One extra title shows whether there is a next page.
    const limit = pageSize + 1;
    if (query === '') {
      const found = await this.titles.list({ order, language }, filter, decodeOrderCursor(order, cursor), limit);
      const last = found.length > pageSize ? found[pageSize - 1] : undefined;
      const nextCursor = last ? encodeOrderCursor(last.cursor) : '';
      return { titles: found.slice(0, pageSize).map(({ title }) => title), nextCursor, highlights: [] };
    }
    const found = await this.search.list(query, filter, decodeMatchCursor(cursor), limit);
    const last = found.length > pageSize ? found[pageSize - 1] : undefined;
    const nextCursor = last ? encodeMatchCursor({ rank: last.rank, id: last.title.id }) : '';
    const matches = found.slice(0, pageSize);
    const highlights = await highlightMatches(matches, this.folding);
    return { titles: matches.map(({ title }) => title), nextCursor, highlights };
  }
}
