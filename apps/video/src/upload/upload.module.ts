import { Module, type DynamicModule } from '@nestjs/common';
import { AssetModule } from '../asset/asset.module.js';
import { AssetViewModule } from '../asset-view/asset-view.module.js';
import { KeyDerivation } from '../object-store/object-store.module.js';
import { StoredBytes } from '../object-store/stored-bytes.js';
import { TranscodeQueueModule } from '../transcode/transcode.module.js';
import { AbortUpload } from './abort-upload.service.js';
import { CompleteUpload } from './complete-upload.service.js';
import { GetPartLocation } from './get-part-location.service.js';
import { GetUpload } from './get-upload.service.js';
import { ListUploads } from './list-uploads.service.js';
import { PartTokens } from './part-token.js';
import { PartUrls } from './part-urls.js';
import { PresignUploadParts } from './presign-upload-parts.service.js';
import { StartUpload } from './start-upload.service.js';
import { UploadChangePublisher } from './upload-change-publisher.js';
import { UploadCleanup } from './upload-cleanup.js';
import { UPLOAD_CONFIG, type UploadConfig } from './upload.config.js';
import { UploadController } from './upload.controller.js';
import { UploadRepository } from './upload.repository.js';
import { VerificationQueue } from './verification-queue.js';

@Module({})
export class UploadModule {
  static forRoot(config: UploadConfig): DynamicModule {
    return {
      module: UploadModule,
      imports: [AssetModule, AssetViewModule, TranscodeQueueModule],
      controllers: [UploadController],
      providers: [
        { provide: UPLOAD_CONFIG, useValue: config },
        {
          provide: PartTokens,
          inject: [KeyDerivation],
          useFactory: (keys: KeyDerivation) => new PartTokens(keys.derive('viernes.video.upload-part')),
        },
        AbortUpload,
        CompleteUpload,
        GetPartLocation,
        GetUpload,
        ListUploads,
        PartUrls,
        PresignUploadParts,
        StartUpload,
        StoredBytes,
        UploadChangePublisher,
        UploadCleanup,
        UploadRepository,
        VerificationQueue,
      ],
    };
  }
}
