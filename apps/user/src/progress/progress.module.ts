import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { ProfileModule } from '../profile/profile.module.js';
import { HistoryRemovalEntity } from './history-removal.entity.js';
import { ProgressController } from './progress.controller.js';
import { ProgressEntity } from './progress.entity.js';
import { ProgressRepository } from './progress.repository.js';
import { StoreProgress } from './store-progress.handler.js';

@Module({
  imports: [TypeOrmModule.forFeature([ProgressEntity, HistoryRemovalEntity]), ProfileModule],
  controllers: [ProgressController],
  providers: [ProgressRepository, StoreProgress],
  exports: [ProgressRepository],
})
export class ProgressModule {}
