import { Controller } from '@nestjs/common';
import { GrpcMethod } from '@nestjs/microservices';
import { catalogV1, CodedError } from '@viernes/contracts';
import { Access, parseRequest } from '@viernes/platform';
import { CreateTitle } from './create-title.service.js';
import { ListTitles } from './list-titles.service.js';
import { titleMessage } from './title.message.js';
import { TitleRepository } from './title.repository.js';
import { newTitle, titleBatch, titleId, titlesPage } from './title.requests.js';

@Controller()
export class TitleController {
  constructor(
    private readonly titles: TitleRepository,
    private readonly list: ListTitles,
    private readonly create: CreateTitle,
  ) {}

  @GrpcMethod('CatalogService', 'listTitles')
  @Access('public')
  async listTitles(request: catalogV1.ListTitlesRequest): Promise<catalogV1.ListTitlesResponse> {
    const { titles, nextCursor } = await this.list.run(parseRequest(titlesPage, request));
    return { titles: titles.map(titleMessage), nextCursor };
  }

  @GrpcMethod('CatalogService', 'getTitle')
  @Access('public')
  async getTitle(request: catalogV1.GetTitleRequest): Promise<catalogV1.GetTitleResponse> {
    const id = titleId.safeParse(request.titleId);
    if (!id.success) throw new CodedError('TITLE_NOT_FOUND');
    return { title: titleMessage(await this.titles.get(id.data)) };
  }

  @GrpcMethod('CatalogService', 'batchGetTitles')
  @Access('public')
  async batchGetTitles(request: catalogV1.BatchGetTitlesRequest): Promise<catalogV1.BatchGetTitlesResponse> {
    const { titleIds } = parseRequest(titleBatch, request);
    const titles = await this.titles.getMany(titleIds);
    return { titles: titles.map(titleMessage) };
  }

  @GrpcMethod('CatalogService', 'createTitle')
  @Access('editor')
  async createTitle(request: catalogV1.CreateTitleRequest): Promise<catalogV1.CreateTitleResponse> {
    return { title: titleMessage(await this.create.run(parseRequest(newTitle, request))) };
  }
}
