import { Controller } from '@nestjs/common';
import { GrpcMethod, Payload } from '@nestjs/microservices';
import { catalogV1 } from '@viernes/contracts';
import { Idempotent } from '@viernes/database';
import { Access } from '@viernes/platform';
import { toTitleDetailsMessage } from '../title/title.message.js';
import { toChangePageMessage } from '../change/change.message.js';
import { CreateTitle } from './create-title.service.js';
import { DeleteTitle } from './delete-title.service.js';
import {
  CreateTitleRequest,
  DeleteTitleRequest,
  ImportTitlesRequest,
  ListTitleChangesRequest,
  ReplaceTitleRequest,
  RestoreTitleRequest,
} from './editing.requests.js';
import { toImportResultMessage } from './import-result.js';
import { ListTitleChanges } from './list-title-changes.service.js';
import { ImportTitles } from './import-titles.service.js';
import { ReplaceTitle } from './replace-title.service.js';
import { RestoreTitle } from './restore-title.service.js';

@Controller()
export class EditingController {
  constructor(
    private readonly create: CreateTitle,
    private readonly replace: ReplaceTitle,
    private readonly remove: DeleteTitle,
    private readonly restore: RestoreTitle,
    private readonly listChanges: ListTitleChanges,
    private readonly importing: ImportTitles,
  ) {}

  @GrpcMethod('CatalogService', 'createTitle')
  @Access('editor')
  @Idempotent(catalogV1.CatalogServiceService.createTitle)
  async createTitle(
    @Payload({ schema: CreateTitleRequest }) { title }: CreateTitleRequest,
  ): Promise<catalogV1.CreateTitleResponse> {
    return { title: toTitleDetailsMessage(await this.create.run(title)) };
  }

  @GrpcMethod('CatalogService', 'replaceTitle')
  @Access('editor')
  async replaceTitle(
    @Payload({ schema: ReplaceTitleRequest }) request: ReplaceTitleRequest,
  ): Promise<catalogV1.ReplaceTitleResponse> {
    return { title: toTitleDetailsMessage(await this.replace.run(request)) };
  }

  @GrpcMethod('CatalogService', 'deleteTitle')
  @Access('editor')
  async deleteTitle(
    @Payload({ schema: DeleteTitleRequest }) { titleId, revision }: DeleteTitleRequest,
  ): Promise<catalogV1.DeleteTitleResponse> {
    await this.remove.run(titleId, revision);
    return {};
  }

  @GrpcMethod('CatalogService', 'restoreTitle')
  @Access('editor')
  @Idempotent(catalogV1.CatalogServiceService.restoreTitle)
  async restoreTitle(
    @Payload({ schema: RestoreTitleRequest }) { titleId }: RestoreTitleRequest,
  ): Promise<catalogV1.RestoreTitleResponse> {
    return { title: toTitleDetailsMessage(await this.restore.run(titleId)) };
  }

  @GrpcMethod('CatalogService', 'listTitleChanges')
  @Access('editor')
  async listTitleChanges(
    @Payload({ schema: ListTitleChangesRequest }) request: ListTitleChangesRequest,
  ): Promise<catalogV1.ListTitleChangesResponse> {
    return toChangePageMessage(await this.listChanges.run(request));
  }

  @GrpcMethod('CatalogService', 'importTitles')
  @Access('editor')
  @Idempotent(catalogV1.CatalogServiceService.importTitles)
  async importTitles(
    @Payload({ schema: ImportTitlesRequest }) request: ImportTitlesRequest,
  ): Promise<catalogV1.ImportTitlesResponse> {
    const results = await this.importing.run(request);
    return { results: results.map(toImportResultMessage) };
  }
}
