import { Controller, Inject } from '@nestjs/common';
import { Handles, Input, type InputOf, type ResponseOf } from '@viernes/gateway';
import { toTitleDetailsResponse } from '../title/title.response.js';
import { CATALOG, type CatalogClient } from '../upstream/upstream.js';
import { exportTitles } from './title-export.operations.js';

@Controller()
export class TitleExportController {
  constructor(@Inject(CATALOG) private readonly catalog: CatalogClient) {}

  @Handles(exportTitles)
  async export(@Input(exportTitles) { query }: InputOf<typeof exportTitles>): Promise<ResponseOf<typeof exportTitles>> {
    const { titles, nextCursor } = await this.catalog.exportTitles({
      source: query.source ?? '',
      pageSize: query.pageSize ?? 0,
      cursor: query.cursor ?? '',
    });
    return { titles: titles.map(toTitleDetailsResponse), nextCursor: nextCursor === '' ? null : nextCursor };
  }
}
