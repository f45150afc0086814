import { Module } from '@nestjs/common';
import { TitleSearchRepository } from './title-search.repository.js';

@Module({ providers: [TitleSearchRepository], exports: [TitleSearchRepository] })
export class SearchModule {}
