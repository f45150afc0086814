import { Controller } from '@nestjs/common';
import { GrpcMethod, Payload } from '@nestjs/microservices';
import type { catalogV1 } from '@viernes/contracts';
import { Access, textLine } from '@viernes/platform';
import { z } from 'zod';
import { SuggestTitles } from './suggest-titles.service.js';

const SuggestTitlesRequest = z.object({ query: textLine(1, 100) });

@Controller()
export class SearchController {
  constructor(private readonly suggest: SuggestTitles) {}

  @GrpcMethod('CatalogService', 'suggestTitles')
  @Access('public')
  async suggestTitles(
    @Payload({ schema: SuggestTitlesRequest }) { query }: z.infer<typeof SuggestTitlesRequest>,
  ): Promise<catalogV1.SuggestTitlesResponse> {
    return { suggestions: await this.suggest.run(query) };
  }
}
