import { Module } from '@nestjs/common';
import { AssetModule } from '../asset/asset.module.js';
import { PlaybackProgress } from './playback-progress.js';
import { PlaybackSweep } from './playback-sweep.js';
import { PlaybackController } from './playback.controller.js';
import { PlaybackRepository } from './playback.repository.js';
import { Playlists } from './playlists.service.js';
import { StartPlayback } from './start-playback.service.js';

@Module({
  imports: [AssetModule],
  controllers: [PlaybackController],
  providers: [PlaybackProgress, PlaybackRepository, PlaybackSweep, Playlists, StartPlayback],
})
export class PlaybackModule {}
