import { Module } from '@nestjs/common';
import { CountView } from './count-view.handler.js';
import { PopularityRepository } from './popularity.repository.js';

@Module({ providers: [PopularityRepository, CountView], exports: [PopularityRepository] })
export class PopularityModule {}
