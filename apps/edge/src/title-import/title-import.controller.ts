import { Controller, Headers, Inject, Res } from '@nestjs/common';
import {
  Handles,
  Input,
  listFieldErrors,
  selectLanguage,
  translateFieldErrors,
  type InputOf,
  type ResponseOf,
} from '@viernes/gateway';
import type { FastifyReply } from 'fastify';
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
  async import(
    @Input(importTitles) { body }: InputOf<typeof importTitles>,
    @Headers('accept-language') acceptLanguage: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ResponseOf<typeof importTitles>> {
    const language = selectLanguage(acceptLanguage);
    reply.header('content-language', language);
    const parsed = body.titles.map((title) => ({ title, ...titleInput.safeParse(title) }));
    const titles = parsed.flatMap(({ data }) => (data ? [toTitleInputMessage(data)] : []));
    const response =
      titles.length > 0 ? await this.catalog.importTitles({ titles, dryRun: body.dryRun ?? false }) : { results: [] };
    const stored = response.results.values();
    const results = parsed.map(({ title: { externalId }, error }): ImportResult => {
      const id = typeof externalId === 'string' ? externalId : null;
      if (error) {
        const problems = translateFieldErrors(listFieldErrors(error, 'title'), language);
        return { externalId: id, outcome: 'rejected', titleId: null, problems };
      }
      return toImportResult(id, required(stored.next().value, 'results'), language);
    });
    return { results };
  }
}
