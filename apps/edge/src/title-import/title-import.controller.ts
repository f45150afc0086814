import { Controller, Inject } from '@nestjs/common';
import { Handles, Input, listFieldErrors, type InputOf, type ResponseOf } from '@viernes/gateway';
import { titleInput } from '../title/title.schema.js';
import { toTitleInputMessage } from '../title-editing/title-input.message.js';
import { required } from '../upstream/required.js';
import { CATALOG, type CatalogClient } from '../upstream/upstream.js';
import { importTitles, type ImportResult } from './title-import.operations.js';
import { toImportResult } from './import-result.response.js';

@Controller()
export class TitleImportController {
  constructor(@Inject(CATALOG) private readonly catalog: CatalogClient) {}

  @Handles(importTitles)
  async import(@Input(importTitles) { body }: InputOf<typeof importTitles>): Promise<ResponseOf<typeof importTitles>> {
    const parsed = body.titles.map((title) => ({ title, ...titleInput.safeParse(title) }));
    const titles = parsed.flatMap(({ data }) => (data ? [toTitleInputMessage(data)] : []));
    const response =
      titles.length > 0 ? await this.catalog.importTitles({ titles, dryRun: body.dryRun ?? false }) : { results: [] };
    const stored = response.results.values();
    const results = parsed.map(({ title: { externalId }, error }): ImportResult => {
      const id = typeof externalId === 'string' ? externalId : null;
      if (error)
        return { externalId: id, outcome: 'rejected', titleId: null, problems: listFieldErrors(error, 'title') };
      return toImportResult(id, required(stored.next().value, 'results'));
    });
    return { results };
  }
}
