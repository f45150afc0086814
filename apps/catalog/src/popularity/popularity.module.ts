import { Module } from '@nestjs/common';
import { PopularityRepository } from './popularity.repository.js';

@Module({ providers: [PopularityRepository], exports: [PopularityRepository] })
export class PopularityModule {}
