import { Module } from '@nestjs/common';
import { SeasonEditingController } from './season-editing.controller.js';

@Module({ controllers: [SeasonEditingController] })
export class SeasonEditingModule {}
