import { Controller } from '@nestjs/common';
import { GrpcMethod, Payload } from '@nestjs/microservices';
import type { catalogV1 } from '@viernes/contracts';
import { Access, textLine } from '@viernes/platform';
import { z } from 'zod';
import { titleFilter } from '../title/title-filter.request.js';
import { CountTitles } from './count-titles.service.js';
import type { FacetValue } from './facet-column.js';
import type { FacetName } from './facet-table.js';

const ListTitleFacetsRequest = z.object({ query: textLine(0, 100), filter: titleFilter });

@Controller()
export class FacetController {
  constructor(private readonly count: CountTitles) {}

  @GrpcMethod('CatalogService', 'listTitleFacets')
  @Access('public')
  async listTitleFacets(
    @Payload({ schema: ListTitleFacetsRequest }) { query, filter }: z.infer<typeof ListTitleFacetsRequest>,
  ): Promise<catalogV1.ListTitleFacetsResponse> {
    const { total, isLowerBound, facets } = await this.count.countFacets(query, filter);
    const list = (name: FacetName): FacetValue[] => [...(facets.get(name) ?? [])];
    return {
      total,
      isLowerBound,
      kinds: list('kind'),
      genres: list('genre'),
      countries: list('country'),
      languages: list('language'),
      maximumAges: list('maximumAge'),
      decades: list('decade'),
      playable: list('playable'),
    };
  }
}
