import { Module } from '@nestjs/common';
import { EpisodeEditingController } from './episode-editing.controller.js';

@Module({ controllers: [EpisodeEditingController] })
export class EpisodeEditingModule {}
