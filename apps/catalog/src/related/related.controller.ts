import { Controller } from '@nestjs/common';
import { GrpcMethod, Payload } from '@nestjs/microservices';
import type { catalogV1 } from '@viernes/contracts';
import { Access, pageSize } from '@viernes/platform';
import { z } from 'zod';
import { toTitleMessage } from '../title/title.message.js';
import { ListRelatedTitles } from './list-related-titles.service.js';

const ListRelatedTitlesRequest = z.object({ titleId: z.string(), limit: pageSize(12, 50) });

@Controller()
export class RelatedController {
  constructor(private readonly list: ListRelatedTitles) {}

  @GrpcMethod('CatalogService', 'listRelatedTitles')
  @Access('public')
  async listRelatedTitles(
    @Payload({ schema: ListRelatedTitlesRequest }) { titleId, limit }: z.infer<typeof ListRelatedTitlesRequest>,
  ): Promise<catalogV1.ListRelatedTitlesResponse> {
    const titles = await this.list.run(titleId, limit);
    return { titles: titles.map(toTitleMessage) };
  }
}
