import { Module } from '@nestjs/common';
import { RatingController } from './rating.controller.js';

@Module({ controllers: [RatingController] })
export class RatingModule {}
