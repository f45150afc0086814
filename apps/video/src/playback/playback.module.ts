import { Module, type DynamicModule } from '@nestjs/common';
import { RowCleanups } from '@viernes/database';
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
import { StartPlayback } from './start-playback.service.js';

/** A week is long enough to investigate a reported problem. */
const OLD_SESSIONS = {
  table: 'playback_session',
  key: 'id',
  where: `expires_at < now() - interval '7 days'`,
  orderBy: 'expires_at',
};

@Module({})
export class PlaybackModule {
  constructor(cleanups: RowCleanups) {
    cleanups.add(OLD_SESSIONS);
  }

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
        StartPlayback,
      ],
    };
  }
}
