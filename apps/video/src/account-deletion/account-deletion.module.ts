import { Module, type DynamicModule } from '@nestjs/common';
import { AssetModule } from '../asset/asset.module.js';
import { PartyRepository } from '../party/party.repository.js';
import { PlaybackSessionRepository } from '../playback/playback-session.repository.js';
import { DiscardedObjectRepository } from '../transcode/discarded-object.repository.js';
import { TRANSCODE_CONFIG, type TranscodeConfig } from '../transcode/transcode.config.js';
import { TranscodeQueueModule } from '../transcode/transcode.module.js';
import { UploadRepository } from '../upload/upload.repository.js';
import { DeleteAccountData } from './delete-account-data.handler.js';
import { UnpublishedAssets } from './unpublished-assets.js';

/** Provides separate instances of the repositories of other features, because repositories have no state. */
@Module({})
export class AccountDeletionModule {
  static forRoot(config: TranscodeConfig): DynamicModule {
    return {
      module: AccountDeletionModule,
      imports: [AssetModule, TranscodeQueueModule],
      providers: [
        { provide: TRANSCODE_CONFIG, useValue: config },
        DeleteAccountData,
        DiscardedObjectRepository,
        PartyRepository,
        PlaybackSessionRepository,
        UnpublishedAssets,
        UploadRepository,
      ],
    };
  }
}
