import { Inject, Injectable } from '@nestjs/common';
import { isTransient, type ErrorCode, type transcodeV1 } from '@viernes/contracts';
import pRetry from 'p-retry';
import { BACK_OFF } from '../back-off.js';
import { TRANSCODE_CLIENT, type TranscodeClient } from './transcode-connection.js';

type LeasedJob = Pick<transcodeV1.Job, 'id' | 'leaseToken'>;

/**
 * Tells the video service how a job ended. Repeats while that is away, for about a minute: by then the lease is over and
 * the job is somebody else's.
 */
@Injectable()
export class JobReport {
  constructor(@Inject(TRANSCODE_CLIENT) private readonly client: TranscodeClient) {}

  async complete(job: LeasedJob, result: transcodeV1.CompleteJobRequest['result']): Promise<void> {
    await persist(() => this.client.completeJob({ jobId: job.id, leaseToken: job.leaseToken, result }));
  }

  async fail(job: LeasedJob, code: ErrorCode, isRetryable: boolean): Promise<void> {
    await persist(() => this.client.failJob({ jobId: job.id, leaseToken: job.leaseToken, code, isRetryable }));
  }

  async release(job: LeasedJob): Promise<void> {
    await persist(() => this.client.releaseJob({ jobId: job.id, leaseToken: job.leaseToken }));
  }
}

async function persist(call: () => Promise<unknown>): Promise<void> {
  await pRetry(call, {
    ...BACK_OFF,
    retries: 12,
    // Worth waiting for: the work is done, and doing it again costs more.
    shouldRetry: ({ error }) => isTransient(error),
  });
}
