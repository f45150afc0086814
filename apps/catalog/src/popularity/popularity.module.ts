import { Module } from '@nestjs/common';
import { CountView } from './count-view.handler.js';
import { PopularTitles } from './popular-titles.js';
import { PopularityRepository } from './popularity.repository.js';
import { ViewedTitles } from './viewed-titles.repository.js';

@Module({
  providers: [PopularityRepository, { provide: PopularTitles, useClass: ViewedTitles }, CountView],
  exports: [PopularityRepository, PopularTitles],
})
export class PopularityModule {}
