import { Controller } from '@nestjs/common';
import { GrpcMethod, Payload } from '@nestjs/microservices';
import type { catalogV1 } from '@viernes/contracts';
import { Access } from '@viernes/platform';
import { toTitleMessage } from '../title/title.message.js';
import { ListTitles } from './list-titles.service.js';
import { ListTitlesRequest } from './listing.requests.js';

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
}
