import { Module } from '@nestjs/common';
import { ProfileModule } from '../profile/profile.module.js';
import { HistoryController } from './history.controller.js';

@Module({ imports: [ProfileModule], controllers: [HistoryController] })
export class HistoryModule {}
