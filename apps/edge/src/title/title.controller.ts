import { Controller, Inject } from '@nestjs/common';
import { Handles, Input, type InputOf } from '@viernes/gateway';
import { toSeasonResponse } from '../season/season.response.js';
import { required } from '../upstream/required.js';
import { CATALOG, type CatalogClient } from '../upstream/upstream.js';
import { getTitle } from './title.operations.js';
import { toTitleDetailsResponse, toTitleResponse } from './title.response.js';
import type { TitleDetailsResponse } from './title.schema.js';

@Controller()
export class TitleController {
  constructor(@Inject(CATALOG) private readonly catalog: CatalogClient) {}

  @Handles(getTitle)
  async get(@Input(getTitle) { params, query }: InputOf<typeof getTitle>): Promise<TitleDetailsResponse> {
    const { id: titleId } = params;
    const [{ title }, seasons, related] = await Promise.all([
      this.catalog.getTitle({ titleId }),
      query.include?.includes('seasons') ? this.catalog.listSeasons({ titleId }) : undefined,
      query.include?.includes('related') ? this.catalog.listRelatedTitles({ titleId, limit: 0 }) : undefined,
    ]);
    return {
      ...toTitleDetailsResponse(required(title, 'title')),
      ...(seasons && { seasons: seasons.seasons.map(toSeasonResponse) }),
      ...(related && { related: related.titles.map(toTitleResponse) }),
    };
  }
}
