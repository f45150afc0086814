import { Module } from '@nestjs/common';
import { SeasonController } from './season.controller.js';

@Module({ controllers: [SeasonController] })
export class SeasonModule {}
