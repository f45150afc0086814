import { Module } from '@nestjs/common';
import { ReadCoalescer } from '@viernes/platform';
import { CreateTitle } from './create-title.service.js';
import { ListTitles } from './list-titles.service.js';
import { TitleSearchRepository } from './title-search.repository.js';
import { TitleController } from './title.controller.js';
import { TitleRepository } from './title.repository.js';

@Module({
  controllers: [TitleController],
  providers: [ReadCoalescer, TitleRepository, TitleSearchRepository, ListTitles, CreateTitle],
})
export class TitleModule {}
