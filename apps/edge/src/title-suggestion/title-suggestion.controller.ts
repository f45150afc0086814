import { Controller, Inject } from '@nestjs/common';
import { Handles, Input, type InputOf, type ResponseOf } from '@viernes/gateway';
import { CATALOG, type CatalogClient } from '../upstream/upstream.js';
import { listTitleSuggestions, listTitleSuggestionsV2 } from './title-suggestion.operations.js';
import { toSuggestionListResponse } from './title-suggestion.response.js';

@Controller()
export class TitleSuggestionController {
  constructor(@Inject(CATALOG) private readonly catalog: CatalogClient) {}

  @Handles(listTitleSuggestionsV2)
  async list(
    @Input(listTitleSuggestionsV2) { query }: Pick<InputOf<typeof listTitleSuggestionsV2>, 'query'>,
  ): Promise<ResponseOf<typeof listTitleSuggestionsV2>> {
    return toSuggestionListResponse(await this.catalog.suggestTitles(query));
  }

  /** The gateway converts the response to version 1, unless the client selects version 2 with `Accept`. */
  @Handles(listTitleSuggestions)
  async listFirstVersion(
    @Input(listTitleSuggestions) input: InputOf<typeof listTitleSuggestions>,
  ): Promise<ResponseOf<typeof listTitleSuggestionsV2>> {
    return this.list(input);
  }
}
