import { Module } from '@nestjs/common';
import { ReadCoalescer } from '@viernes/platform';
import { TitleModule } from '../title/title.module.js';
import { ListRelatedTitles } from './list-related-titles.service.js';
import { RelatedController } from './related.controller.js';
import { RelatedTitles } from './related-titles.js';
import { SimilarTitles } from './similar-titles.repository.js';

@Module({
  imports: [TitleModule],
  controllers: [RelatedController],
  providers: [ReadCoalescer, { provide: RelatedTitles, useClass: SimilarTitles }, ListRelatedTitles],
})
export class RelatedModule {}
