import { Controller, Inject } from '@nestjs/common';
import { Handles, Input, type InputOf, type ResponseOf } from '@viernes/gateway';
import { includeCredits } from '../title/include-credits.js';
import { toTitleResponse } from '../title/title.response.js';
import { CATALOG, type CatalogClient } from '../upstream/upstream.js';
import { toTitleFilterMessage } from './title-filter.message.js';
import { listTitles, TITLE_ORDERS } from './title-list.operations.js';

@Controller()
export class TitleListController {
  constructor(@Inject(CATALOG) private readonly catalog: CatalogClient) {}

  @Handles(listTitles)
  async list(@Input(listTitles) { query }: InputOf<typeof listTitles>): Promise<ResponseOf<typeof listTitles>> {
    const { titles, nextCursor, highlights, estimatedTotal, isTotalLowerBound } = await this.catalog.listTitles({
      query: query.query ?? '',
      filter: toTitleFilterMessage(query),
      order: query.sort === undefined ? 0 : TITLE_ORDERS.indexOf(query.sort) + 1,
      pageSize: query.pageSize ?? 0,
      includeTotal: query.includeTotal === 'true',
      language: query.sortLanguage ?? '',
      cursor: query.cursor ?? '',
    });
    const listed = titles.map(toTitleResponse);
    return {
      titles: query.include ? await includeCredits(this.catalog, listed) : listed,
      nextCursor: nextCursor === '' ? null : nextCursor,
      estimatedTotal: estimatedTotal ?? null,
      isTotalLowerBound,
      highlights: highlights.length > 0 ? highlights : null,
    };
  }
}
