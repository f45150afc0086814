import { Module, type DynamicModule } from '@nestjs/common';
import { AssetModule } from '../asset/asset.module.js';
import { StoredBytes } from '../object-store/stored-bytes.js';
import { AssetProgress } from './asset-progress.js';
import { CompleteJob } from './complete-job.service.js';
import { DiscardedObjectCleanup } from './discarded-object-cleanup.js';
import { DiscardedObjectRepository } from './discarded-object.repository.js';
import { FailJob } from './fail-job.service.js';
import { HeartbeatJob } from './heartbeat-job.service.js';
import { JobUrlSigner } from './job-url-signer.js';
import { LeaseJob } from './lease-job.service.js';
import { OutageGrace } from './outage-grace.js';
import { ReleaseJob } from './release-job.service.js';
import { RenewJobUrls } from './renew-job-urls.service.js';
import { TranscodeJobRepository } from './transcode-job.repository.js';
import { TRANSCODE_CONFIG, type TranscodeConfig } from './transcode.config.js';
import { TranscodeController } from './transcode.controller.js';

/** The job queue, for features that add jobs. */
@Module({ providers: [TranscodeJobRepository], exports: [TranscodeJobRepository] })
export class TranscodeQueueModule {}

@Module({})
export class TranscodeModule {
  static forRoot(config: TranscodeConfig): DynamicModule {
    return {
      module: TranscodeModule,
      imports: [AssetModule, TranscodeQueueModule],
      controllers: [TranscodeController],
      providers: [
        { provide: TRANSCODE_CONFIG, useValue: config },
        AssetProgress,
        CompleteJob,
        DiscardedObjectCleanup,
        DiscardedObjectRepository,
        FailJob,
        HeartbeatJob,
        JobUrlSigner,
        LeaseJob,
        OutageGrace,
        ReleaseJob,
        RenewJobUrls,
        StoredBytes,
      ],
    };
  }
}
