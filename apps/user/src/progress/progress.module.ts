import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { ProfileModule } from '../profile/profile.module.js';
import { MoveProgress } from './move-progress.handler.js';
import { ProgressController } from './progress.controller.js';
import { ProgressEntity } from './progress.entity.js';
import { ProgressRepository } from './progress.repository.js';

@Module({
  imports: [TypeOrmModule.forFeature([ProgressEntity]), ProfileModule],
  controllers: [ProgressController],
  providers: [ProgressRepository, MoveProgress],
})
export class ProgressModule {}
