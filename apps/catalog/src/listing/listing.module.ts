import { Module } from '@nestjs/common';
import { ReadCoalescer } from '@viernes/platform';
import { FacetModule } from '../facet/facet.module.js';
import { SearchModule } from '../search/search.module.js';
import { ListTitles } from './list-titles.service.js';
import { ListingController } from './listing.controller.js';
import { TitleListRepository } from './title-list.repository.js';

@Module({
  imports: [FacetModule, SearchModule],
  controllers: [ListingController],
  providers: [ReadCoalescer, TitleListRepository, ListTitles],
})
export class ListingModule {}
