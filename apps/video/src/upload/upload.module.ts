import { Module } from '@nestjs/common';
import { AssetModule } from '../asset/asset.module.js';
import { TranscodeModule } from '../transcode/transcode.module.js';
import { AbortUpload } from './abort-upload.service.js';
import { CompleteUpload } from './complete-upload.service.js';
import { ListUploads } from './list-uploads.service.js';
import { PresignUploadParts } from './presign-upload-parts.service.js';
import { ReadUpload } from './read-upload.service.js';
import { StartUpload } from './start-upload.service.js';
import { UploadController } from './upload.controller.js';
import { UploadRepository } from './upload.repository.js';
import { UploadSweep } from './upload-sweep.js';
import { Verifications } from './verifications.js';

@Module({
  imports: [AssetModule, TranscodeModule],
  controllers: [UploadController],
  providers: [
    AbortUpload,
    CompleteUpload,
    ListUploads,
    PresignUploadParts,
    ReadUpload,
    StartUpload,
    UploadRepository,
    UploadSweep,
    Verifications,
  ],
})
export class UploadModule {}
