import { Controller, Inject } from '@nestjs/common';
import { Handles, Input, type InputOf, type ResponseOf } from '@viernes/gateway';
import { includeCredits } from '../title/include-credits.js';
import { toTitleResponse } from '../title/title.response.js';
import { CATALOG, type CatalogClient } from '../upstream/upstream.js';
import { listRelatedTitles } from './related.operations.js';

@Controller()
export class RelatedController {
  constructor(@Inject(CATALOG) private readonly catalog: CatalogClient) {}

  @Handles(listRelatedTitles)
  async list(
    @Input(listRelatedTitles) { params, query }: InputOf<typeof listRelatedTitles>,
  ): Promise<ResponseOf<typeof listRelatedTitles>> {
    const { titles } = await this.catalog.listRelatedTitles({ titleId: params.id, limit: query.limit ?? 0 });
    const listed = titles.map(toTitleResponse);
    return { titles: query.include ? await includeCredits(this.catalog, listed) : listed };
  }
}
