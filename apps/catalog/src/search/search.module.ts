import { Module } from '@nestjs/common';
import { ReadCoalescer } from '@viernes/platform';
import { SearchController } from './search.controller.js';
import { SuggestTitles } from './suggest-titles.service.js';
import { TextFolding } from './text-folding.js';
import { TitleSearchRepository } from './title-search.repository.js';

@Module({
  controllers: [SearchController],
  providers: [ReadCoalescer, TextFolding, TitleSearchRepository, SuggestTitles],
  exports: [TextFolding, TitleSearchRepository],
})
export class SearchModule {}
