import { Controller } from '@nestjs/common';
import { GrpcMethod, Payload } from '@nestjs/microservices';
import type { transcodeV1 } from '@viernes/contracts';
import { KafkaTraceSender } from '@viernes/kafka';
import { Access, CallSignal } from '@viernes/platform';
import { CompleteJob } from './complete-job.service.js';
import { FailJob } from './fail-job.service.js';
import { HeartbeatJob } from './heartbeat-job.service.js';
import { toJobMessage } from './job.message.js';
import { LeaseJob } from './lease-job.service.js';
import { ReleaseJob } from './release-job.service.js';
import { RenewJobUrls } from './renew-job-urls.service.js';
import {
  CompleteJobRequest,
  FailJobRequest,
  HeartbeatJobRequest,
  LeaseJobRequest,
  LeaseRequest,
  ReportSpansRequest,
} from './transcode.requests.js';

/** Serves workers on a separate port. Their calls act for no account. */
@Controller()
@Access('worker')
export class TranscodeController {
  constructor(
    private readonly lease: LeaseJob,
    private readonly heartbeat: HeartbeatJob,
    private readonly renewUrls: RenewJobUrls,
    private readonly complete: CompleteJob,
    private readonly fail: FailJob,
    private readonly release: ReleaseJob,
    private readonly traces: KafkaTraceSender,
  ) {}

  @GrpcMethod('TranscodeService', 'leaseJob')
  async leaseJob(
    @Payload({ schema: LeaseJobRequest }) request: LeaseJobRequest,
    @CallSignal() cancelled: AbortSignal,
  ): Promise<transcodeV1.LeaseJobResponse> {
    const job = await this.lease.run({ ...request, cancelled });
    return { job: job && toJobMessage(job) };
  }

  @GrpcMethod('TranscodeService', 'heartbeatJob')
  async heartbeatJob(
    @Payload({ schema: HeartbeatJobRequest }) { jobId, leaseToken, progress }: HeartbeatJobRequest,
  ): Promise<transcodeV1.HeartbeatJobResponse> {
    return { leaseSeconds: await this.heartbeat.run(jobId, leaseToken, progress) };
  }

  @GrpcMethod('TranscodeService', 'renewJobUrls')
  async renewJobUrls(
    @Payload({ schema: LeaseRequest }) { jobId, leaseToken }: LeaseRequest,
  ): Promise<transcodeV1.RenewJobUrlsResponse> {
    return this.renewUrls.run(jobId, leaseToken);
  }

  @GrpcMethod('TranscodeService', 'completeJob')
  async completeJob(
    @Payload({ schema: CompleteJobRequest }) { jobId, leaseToken, result }: CompleteJobRequest,
  ): Promise<transcodeV1.CompleteJobResponse> {
    await this.complete.run(jobId, leaseToken, result);
    return {};
  }

  @GrpcMethod('TranscodeService', 'failJob')
  async failJob(
    @Payload({ schema: FailJobRequest }) { jobId, leaseToken, ...failure }: FailJobRequest,
  ): Promise<transcodeV1.FailJobResponse> {
    await this.fail.run(jobId, leaseToken, failure);
    return {};
  }

  @GrpcMethod('TranscodeService', 'releaseJob')
  async releaseJob(
    @Payload({ schema: LeaseRequest }) { jobId, leaseToken }: LeaseRequest,
  ): Promise<transcodeV1.ReleaseJobResponse> {
    await this.release.run(jobId, leaseToken);
    return {};
  }

  @GrpcMethod('TranscodeService', 'reportSpans')
  async reportSpans(
    @Payload({ schema: ReportSpansRequest }) { traces }: ReportSpansRequest,
  ): Promise<transcodeV1.ReportSpansResponse> {
    await this.traces.send(traces);
    return {};
  }
}
