import { Module } from '@nestjs/common';
import { ReadCoalescer } from '@viernes/platform';
import { PersonSearchRepository } from './person-search.repository.js';
import { SearchWordsRepository } from './search-words.repository.js';
import { SearchController } from './search.controller.js';
import { SuggestTitles } from './suggest-titles.service.js';
import { TextFolding } from './text-folding.js';
import { TitleSearchRepository } from './title-search.repository.js';

@Module({
  controllers: [SearchController],
  providers: [
    ReadCoalescer,
    TextFolding,
    SearchWordsRepository,
    TitleSearchRepository,
    PersonSearchRepository,
    SuggestTitles,
  ],
  exports: [TextFolding, TitleSearchRepository],
})
export class SearchModule {}
