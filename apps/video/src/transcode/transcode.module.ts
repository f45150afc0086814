import { Module } from '@nestjs/common';
import { AssetModule } from '../asset/asset.module.js';
import { AssetProgress } from './asset-progress.js';
import { CompleteJob } from './complete-job.service.js';
import { DiscardedObjects } from './discarded-objects.js';
import { FailJob } from './fail-job.service.js';
import { HeartbeatJob } from './heartbeat-job.service.js';
import { JobFailure } from './job-failure.js';
import { JobUrls } from './job-urls.js';
import { JobMessage } from './job-message.service.js';
import { LeaseJob } from './lease-job.service.js';
import { PlanRenditions } from './plan-renditions.service.js';
import { RenewJobUrls } from './renew-job-urls.service.js';
import { ReleaseJob } from './release-job.service.js';
import { TranscodeJobRepository } from './transcode-job.repository.js';
import { TranscodeController } from './transcode.controller.js';

@Module({
  imports: [AssetModule],
  controllers: [TranscodeController],
  providers: [
    AssetProgress,
    CompleteJob,
    DiscardedObjects,
    FailJob,
    HeartbeatJob,
    JobFailure,
    JobMessage,
    JobUrls,
    LeaseJob,
    PlanRenditions,
    ReleaseJob,
    RenewJobUrls,
    TranscodeJobRepository,
  ],
  exports: [TranscodeJobRepository],
})
export class TranscodeModule {}
