import { Controller } from '@nestjs/common';
import { GrpcMethod, Payload } from '@nestjs/microservices';
import type { catalogV1 } from '@viernes/contracts';
import { Access } from '@viernes/platform';
import { toTitleDetailsMessage, toTitleMessage } from './title.message.js';
import { TitleRepository } from './title.repository.js';
import {
  BatchGetTitlesRequest,
  CheckVisibilityRequest,
  GetTitleBatchRequest,
  GetTitleRequest,
} from './title.requests.js';

@Controller()
export class TitleController {
  constructor(private readonly titles: TitleRepository) {}

  @GrpcMethod('CatalogService', 'getTitle')
  @Access('public')
  async getTitle(
    @Payload({ schema: GetTitleRequest }) { titleId }: GetTitleRequest,
  ): Promise<catalogV1.GetTitleResponse> {
    return { title: toTitleDetailsMessage(await this.titles.get(titleId)) };
  }

  @GrpcMethod('CatalogService', 'getTitleBatch')
  @Access('public')
  async getTitleBatch(
    @Payload({ schema: GetTitleBatchRequest }) { requests }: GetTitleBatchRequest,
  ): Promise<catalogV1.GetTitleBatchResponse> {
    const titles = await this.titles.findEach(requests.map(({ titleId }) => titleId));
    return { results: titles.map((title) => ({ response: title && { title: toTitleDetailsMessage(title) } })) };
  }

  @GrpcMethod('CatalogService', 'checkVisibility')
  @Access('public')
  async checkVisibility(
    @Payload({ schema: CheckVisibilityRequest }) { id }: CheckVisibilityRequest,
  ): Promise<catalogV1.CheckVisibilityResponse> {
    return { minimumAge: await this.titles.checkVisibility(id) };
  }

  @GrpcMethod('CatalogService', 'batchGetTitles')
  @Access('public')
  async batchGetTitles(
    @Payload({ schema: BatchGetTitlesRequest }) { titleIds }: BatchGetTitlesRequest,
  ): Promise<catalogV1.BatchGetTitlesResponse> {
    const titles = await this.titles.listByIds(titleIds);
    return { titles: titles.map(toTitleMessage) };
  }
}
