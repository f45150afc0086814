import { Module, type DynamicModule } from '@nestjs/common';
import { AssetModule } from '../asset/asset.module.js';
import { EndPlayback } from './end-playback.service.js';
import { GetMasterPlaylist } from './get-master-playlist.service.js';
import { GetMediaLocation } from './get-media-location.service.js';
import { GetMediaPlaylist } from './get-media-playlist.service.js';
import { HeartbeatPlayback } from './heartbeat-playback.service.js';
import { MediaUrls } from './media-urls.js';
import { PlaybackAccess } from './playback-access.js';
import { PlaybackSessionRepository } from './playback-session.repository.js';
import { PLAYBACK_CONFIG, type PlaybackConfig } from './playback.config.js';
import { PlaybackController } from './playback.controller.js';
import { ProgressPublisher } from './progress-publisher.js';
import { SessionCleanup } from './session-cleanup.js';
import { StartPlayback } from './start-playback.service.js';

@Module({})
export class PlaybackModule {
  static forRoot(config: PlaybackConfig): DynamicModule {
    return {
      module: PlaybackModule,
      imports: [AssetModule],
      controllers: [PlaybackController],
      providers: [
        { provide: PLAYBACK_CONFIG, useValue: config },
        EndPlayback,
        GetMasterPlaylist,
        GetMediaLocation,
        GetMediaPlaylist,
        HeartbeatPlayback,
        MediaUrls,
        PlaybackAccess,
        PlaybackSessionRepository,
        ProgressPublisher,
        SessionCleanup,
        StartPlayback,
      ],
    };
  }
}
