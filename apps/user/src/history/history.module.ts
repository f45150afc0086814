import { Module } from '@nestjs/common';
import { ProfileModule } from '../profile/profile.module.js';
import { ProgressModule } from '../progress/progress.module.js';
import { HistoryController } from './history.controller.js';

@Module({ imports: [ProfileModule, ProgressModule], controllers: [HistoryController] })
export class HistoryModule {}
