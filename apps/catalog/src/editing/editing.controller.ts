import { Controller } from '@nestjs/common';
import { GrpcMethod, Payload } from '@nestjs/microservices';
import type { catalogV1 } from '@viernes/contracts';
import { Access } from '@viernes/platform';
import { toTitleDetailsMessage } from '../title/title.message.js';
import { CreateTitle } from './create-title.service.js';
import { CreateTitleRequest, ImportTitlesRequest } from './editing.requests.js';
import { toImportResultMessage } from './import-result.js';
import { ImportTitles } from './import-titles.service.js';

@Controller()
export class EditingController {
  constructor(
    private readonly create: CreateTitle,
    private readonly importing: ImportTitles,
  ) {}

  @GrpcMethod('CatalogService', 'createTitle')
  @Access('editor')
  async createTitle(
    @Payload({ schema: CreateTitleRequest }) { title }: CreateTitleRequest,
  ): Promise<catalogV1.CreateTitleResponse> {
    return { title: toTitleDetailsMessage(await this.create.run(title)) };
  }

  @GrpcMethod('CatalogService', 'importTitles')
  @Access('editor')
  async importTitles(
    @Payload({ schema: ImportTitlesRequest }) request: ImportTitlesRequest,
  ): Promise<catalogV1.ImportTitlesResponse> {
    const results = await this.importing.run(request);
    return { results: results.map(toImportResultMessage) };
  }
}
