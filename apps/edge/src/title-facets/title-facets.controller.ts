import { Controller, Inject } from '@nestjs/common';
import { Handles, Input, type InputOf, type ResponseOf } from '@viernes/gateway';
import { toTitleFilterMessage } from '../title-list/title-filter.message.js';
import { CATALOG, type CatalogClient } from '../upstream/upstream.js';
import { listTitleFacets } from './title-facets.operations.js';

@Controller()
export class TitleFacetsController {
  constructor(@Inject(CATALOG) private readonly catalog: CatalogClient) {}

  @Handles(listTitleFacets)
  async list(
    @Input(listTitleFacets) { query }: InputOf<typeof listTitleFacets>,
  ): Promise<ResponseOf<typeof listTitleFacets>> {
    const { total, isLowerBound, kinds, genres, countries, languages, maximumAges, decades, playable } =
      await this.catalog.listTitleFacets({ query: query.query ?? '', filter: toTitleFilterMessage(query) });
    return {
      total,
      isLowerBound,
      facets: {
        kind: kinds,
        genre: genres,
        country: countries,
        language: languages,
        maximumAge: maximumAges,
        decade: decades,
        playable,
      },
    };
  }
}
