import { Controller } from '@nestjs/common';
import { GrpcMethod, Payload } from '@nestjs/microservices';
import { catalogV1 } from '@viernes/contracts';
import { Access } from '@viernes/platform';
import { CreateTitle } from './create-title.service.js';
import { ListTitles } from './list-titles.service.js';
import { toTitleMessage } from './title.message.js';
import { TitleRepository } from './title.repository.js';
import { BatchGetTitlesRequest, CreateTitleRequest, GetTitleRequest, ListTitlesRequest } from './title.requests.js';

@Controller()
export class TitleController {
  constructor(
    private readonly titles: TitleRepository,
    private readonly list: ListTitles,
    private readonly create: CreateTitle,
  ) {}

  @GrpcMethod('CatalogService', 'listTitles')
  @Access('public')
  async listTitles(
    @Payload({ schema: ListTitlesRequest }) request: ListTitlesRequest,
  ): Promise<catalogV1.ListTitlesResponse> {
    const { titles, nextCursor } = await this.list.run(request);
    return { titles: titles.map(toTitleMessage), nextCursor };
  }

  @GrpcMethod('CatalogService', 'getTitle')
  @Access('public')
  async getTitle(
    @Payload({ schema: GetTitleRequest }) { titleId }: GetTitleRequest,
  ): Promise<catalogV1.GetTitleResponse> {
    return { title: toTitleMessage(await this.titles.get(titleId)) };
  }

  @GrpcMethod('CatalogService', 'batchGetTitles')
  @Access('public')
  async batchGetTitles(
    @Payload({ schema: BatchGetTitlesRequest }) { titleIds }: BatchGetTitlesRequest,
  ): Promise<catalogV1.BatchGetTitlesResponse> {
    const titles = await this.titles.listByIds(titleIds);
    return { titles: titles.map(toTitleMessage) };
  }

  @GrpcMethod('CatalogService', 'createTitle')
  @Access('editor')
  async createTitle(
    @Payload({ schema: CreateTitleRequest }) newTitle: CreateTitleRequest,
  ): Promise<catalogV1.CreateTitleResponse> {
    return { title: toTitleMessage(await this.create.run(newTitle)) };
  }
}
