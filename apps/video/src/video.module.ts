import { Global, Module, type DynamicModule } from '@nestjs/common';
import { DatabaseModule } from '@viernes/database';
import { MessagingModule } from '@viernes/messaging';
import { AssetModule } from './asset/asset.module.js';
import { BackgroundModule } from './background/background.module.js';
import { VIDEO_CONFIG, type VideoConfig } from './config.js';
import { ObjectStoreModule } from './object-store/object-store.module.js';
import { PlaybackModule } from './playback/playback.module.js';
import { ENTITIES, MIGRATIONS } from './schema.js';
import { TranscodeModule } from './transcode/transcode.module.js';
import { UploadModule } from './upload/upload.module.js';

@Global()
@Module({})
export class VideoModule {
  static forConfig(config: VideoConfig): DynamicModule {
    return {
      module: VideoModule,
      imports: [
        DatabaseModule.forRoot({ url: config.DATABASE_URL, entities: ENTITIES, migrations: MIGRATIONS }),
        MessagingModule.forRoot({ service: 'video', brokers: config.KAFKA_BROKERS }),
        ObjectStoreModule,
        BackgroundModule,
        UploadModule,
        AssetModule,
        TranscodeModule,
        PlaybackModule,
      ],
      providers: [{ provide: VIDEO_CONFIG, useValue: config }],
      exports: [VIDEO_CONFIG],
    };
  }
}
