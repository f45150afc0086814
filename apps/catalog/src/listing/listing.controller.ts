import { Controller } from '@nestjs/common';
import { GrpcMethod, Payload } from '@nestjs/microservices';
import type { catalogV1 } from '@viernes/contracts';
import { Access, toBatchResult } from '@viernes/platform';
import { toTitleMessage } from '../title/title.message.js';
import { ListTitles } from './list-titles.service.js';
import { ListTitlesBatchRequest, ListTitlesRequest } from './listing.requests.js';

@Controller()
export class ListingController {
  constructor(private readonly list: ListTitles) {}

  @GrpcMethod('CatalogService', 'listTitles')
  @Access('public')
  async listTitles(
    @Payload({ schema: ListTitlesRequest }) request: ListTitlesRequest,
  ): Promise<catalogV1.ListTitlesResponse> {
    const { titles, highlights, ...page } = await this.list.run(request);
    return { ...page, titles: titles.map(toTitleMessage), highlights: [...highlights] };
  }

  @GrpcMethod('CatalogService', 'listTitlesBatch')
  @Access('public')
  async listTitlesBatch(
    @Payload({ schema: ListTitlesBatchRequest }) { requests }: ListTitlesBatchRequest,
  ): Promise<catalogV1.ListTitlesBatchResponse> {
    return { results: await Promise.all(requests.map((request) => toBatchResult(this.listTitles(request)))) };
  }
}
