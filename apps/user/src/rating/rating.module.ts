import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { ProfileModule } from '../profile/profile.module.js';
import { RatingController } from './rating.controller.js';
import { RatingEntity } from './rating.entity.js';
import { RatingRepository } from './rating.repository.js';

@Module({
  imports: [TypeOrmModule.forFeature([RatingEntity]), ProfileModule],
  controllers: [RatingController],
  providers: [RatingRepository],
})
export class RatingModule {}
