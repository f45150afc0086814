import { Module } from '@nestjs/common';
import { ReadCoalescer } from '@viernes/platform';
import { PopularityModule } from '../popularity/popularity.module.js';
import { HomeProjectionRepository } from './home-projection.repository.js';
import { HomeController } from './home.controller.js';
import { HomeRepository } from './home.repository.js';
import { ListHomeRows } from './list-home-rows.service.js';
import { RefreshHomeRows } from './refresh-home-rows.service.js';

@Module({
  imports: [PopularityModule],
  controllers: [HomeController],
  providers: [ReadCoalescer, HomeRepository, ListHomeRows, HomeProjectionRepository, RefreshHomeRows],
})
export class HomeModule {}
