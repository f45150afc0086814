import { Module, type DynamicModule } from '@nestjs/common';
import { DatabaseModule, IdempotencyModule } from '@viernes/database';
import { MessagingModule } from '@viernes/messaging';
import { selectSettings } from '@viernes/platform';
import { AccountDeletionModule } from './account-deletion/account-deletion.module.js';
import { AccountExportModule } from './account-export/account-export.module.js';
import { AssetViewModule } from './asset-view/asset-view.module.js';
import { backgroundEnv } from './background/background.config.js';
import { BackgroundModule } from './background/background.module.js';
import type { VideoConfig } from './config.js';
import { objectStoreEnv } from './object-store/object-store.config.js';
import { ObjectStoreModule } from './object-store/object-store.module.js';
import { PartyModule } from './party/party.module.js';
import { playbackEnv } from './playback/playback.config.js';
import { PlaybackModule } from './playback/playback.module.js';
import { ENTITIES, MIGRATIONS } from './schema.js';
import { transcodeEnv } from './transcode/transcode.config.js';
import { TranscodeModule } from './transcode/transcode.module.js';
import { uploadEnv } from './upload/upload.config.js';
import { UploadModule } from './upload/upload.module.js';

@Module({})
export class VideoModule {
  /** @param service the name of the consumer group. Processes with the same name share the events. */
  static forConfig(config: VideoConfig, service = 'video'): DynamicModule {
    return {
      module: VideoModule,
      imports: [
        DatabaseModule.forRoot({ url: config.DATABASE_URL, entities: ENTITIES, migrations: MIGRATIONS }),
        IdempotencyModule,
        MessagingModule.forRoot({ service, brokers: config.KAFKA_BROKERS }),
        ObjectStoreModule.forRoot(selectSettings(config, objectStoreEnv)),
        BackgroundModule.forRoot(selectSettings(config, backgroundEnv)),
        UploadModule.forRoot(selectSettings(config, uploadEnv)),
        AssetViewModule,
        TranscodeModule.forRoot(selectSettings(config, transcodeEnv)),
        PlaybackModule.forRoot(selectSettings(config, playbackEnv)),
        PartyModule,
        AccountDeletionModule.forRoot(selectSettings(config, transcodeEnv)),
        AccountExportModule,
      ],
    };
  }
}
