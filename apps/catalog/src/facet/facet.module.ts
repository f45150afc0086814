import { Module } from '@nestjs/common';
import { ReadCoalescer } from '@viernes/platform';
import { SearchModule } from '../search/search.module.js';
import { CountTitles } from './count-titles.service.js';
import { FacetController } from './facet.controller.js';
import { FacetTableRepository } from './facet-table.repository.js';
import { FacetTables } from './facet-tables.js';

@Module({
  imports: [SearchModule],
  controllers: [FacetController],
  providers: [ReadCoalescer, FacetTableRepository, FacetTables, CountTitles],
  exports: [CountTitles],
})
export class FacetModule {}
