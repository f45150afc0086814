import type { ServerUnaryCall } from '@grpc/grpc-js';
import { Controller } from '@nestjs/common';
import { GrpcMethod } from '@nestjs/microservices';
import type { transcodeV1 } from '@viernes/contracts';
import { Access, parseRequest } from '@viernes/platform';
import { CompleteJob } from './complete-job.service.js';
import { FailJob } from './fail-job.service.js';
import { HeartbeatJob } from './heartbeat-job.service.js';
import { JobMessage } from './job-message.service.js';
import { LeaseJob } from './lease-job.service.js';
import { RenewJobUrls } from './renew-job-urls.service.js';
import { ReleaseJob } from './release-job.service.js';
import { CompleteRequest, FailRequest, HeartbeatRequest, LeaseRequest, ReleaseRequest } from './transcode.requests.js';

/** For workers, on a port of its own: what they call acts for no account. */
@Controller()
export class TranscodeController {
  constructor(
    private readonly leaseJob: LeaseJob,
    private readonly jobMessage: JobMessage,
    private readonly heartbeatJob: HeartbeatJob,
    private readonly renewJobUrls: RenewJobUrls,
    private readonly completeJob: CompleteJob,
    private readonly failJob: FailJob,
    private readonly releaseJob: ReleaseJob,
  ) {}

  @GrpcMethod('TranscodeService', 'leaseJob')
  @Access('worker')
  async lease(
    request: transcodeV1.LeaseJobRequest,
    _metadata: unknown,
    call: ServerUnaryCall<unknown, unknown>,
  ): Promise<transcodeV1.LeaseJobResponse> {
    const wish = parseRequest(LeaseRequest, request);
    const job = await this.leaseJob.run({ ...wish, isGone: () => call.cancelled });
    return { job: job && (await this.jobMessage.of(job)) };
  }

  @GrpcMethod('TranscodeService', 'heartbeatJob')
  @Access('worker')
  async heartbeat(request: transcodeV1.HeartbeatJobRequest): Promise<transcodeV1.HeartbeatJobResponse> {
    const { jobId, leaseToken, progress } = parseRequest(HeartbeatRequest, request);
    return { leaseSeconds: await this.heartbeatJob.run(jobId, leaseToken, progress) };
  }

  @GrpcMethod('TranscodeService', 'renewJobUrls')
  @Access('worker')
  async renewUrls(request: transcodeV1.RenewJobUrlsRequest): Promise<transcodeV1.RenewJobUrlsResponse> {
    const { jobId, leaseToken } = parseRequest(ReleaseRequest, request);
    return this.renewJobUrls.run(jobId, leaseToken);
  }

  @GrpcMethod('TranscodeService', 'completeJob')
  @Access('worker')
  async complete(request: transcodeV1.CompleteJobRequest): Promise<transcodeV1.CompleteJobResponse> {
    const { jobId, leaseToken, result } = parseRequest(CompleteRequest, request);
    await this.completeJob.run(jobId, leaseToken, result);
    return {};
  }

  @GrpcMethod('TranscodeService', 'failJob')
  @Access('worker')
  async fail(request: transcodeV1.FailJobRequest): Promise<transcodeV1.FailJobResponse> {
    const { jobId, leaseToken, code, isRetryable } = parseRequest(FailRequest, request);
    await this.failJob.run(jobId, leaseToken, { code, isRetryable });
    return {};
  }

  @GrpcMethod('TranscodeService', 'releaseJob')
  @Access('worker')
  async release(request: transcodeV1.ReleaseJobRequest): Promise<transcodeV1.ReleaseJobResponse> {
    const { jobId, leaseToken } = parseRequest(ReleaseRequest, request);
    await this.releaseJob.run(jobId, leaseToken);
    return {};
  }
}
