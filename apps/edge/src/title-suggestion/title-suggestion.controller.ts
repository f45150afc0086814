import { Controller, Inject } from '@nestjs/common';
import { Handles, Input, type InputOf, type ResponseOf } from '@viernes/gateway';
import { CATALOG, type CatalogClient } from '../upstream/upstream.js';
import { listTitleSuggestions } from './title-suggestion.operations.js';

@Controller()
export class TitleSuggestionController {
  constructor(@Inject(CATALOG) private readonly catalog: CatalogClient) {}

  @Handles(listTitleSuggestions)
  async list(
    @Input(listTitleSuggestions) { query }: InputOf<typeof listTitleSuggestions>,
  ): Promise<ResponseOf<typeof listTitleSuggestions>> {
    const { suggestions } = await this.catalog.suggestTitles(query);
    return {
      suggestions: suggestions.map(({ name, titleId, personId }) => ({
        name,
        titleId: titleId ?? null,
        personId: personId ?? null,
      })),
    };
  }
}
