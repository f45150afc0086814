import { Controller } from '@nestjs/common';
import { GrpcMethod, Payload } from '@nestjs/microservices';
import type { catalogV1 } from '@viernes/contracts';
import { Access } from '@viernes/platform';
import { toTitleDetailsMessage } from '../title/title.message.js';
import { ExportTitlesRequest } from './export.requests.js';
import { ExportedTitleRepository } from './exported-title.repository.js';

@Controller()
export class ExportController {
  constructor(private readonly titles: ExportedTitleRepository) {}

  @GrpcMethod('CatalogService', 'exportTitles')
  @Access('editor')
  async exportTitles(
    @Payload({ schema: ExportTitlesRequest }) { source, cursor, pageSize }: ExportTitlesRequest,
  ): Promise<catalogV1.ExportTitlesResponse> {
    // One extra title shows whether there is a next page.
    const found = await this.titles.list(source, cursor, pageSize + 1);
    const titles = found.slice(0, pageSize);
    const nextCursor = found.length > pageSize ? (titles.at(-1)?.id ?? '') : '';
    return { titles: titles.map(toTitleDetailsMessage), nextCursor };
  }
}
