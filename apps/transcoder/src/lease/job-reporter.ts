import { Inject, Injectable } from '@nestjs/common';
import { isTransient, type ErrorCode, type transcodeV1 } from '@viernes/contracts';
import pRetry from 'p-retry';
import { BACK_OFF } from '../retry/backoff.js';
import { TRANSCODE_CLIENT, type TranscodeClient } from './transcode-client.js';

type LeasedJob = Pick<transcodeV1.Job, 'id' | 'leaseToken'>;

/** Retries for about 45 s. After a longer outage, the lease has expired, which also returns the job to the queue. */
const RELEASE_RETRIES = 12;

/** Reports the outcome of a job to the video service, with retries while it is unavailable. */
@Injectable()
export class JobReporter {
  constructor(@Inject(TRANSCODE_CLIENT) private readonly client: TranscodeClient) {}

  /** Retries until `signal` aborts: repeating the job costs more than the wait. */
  async complete(job: LeasedJob, result: transcodeV1.CompleteJobRequest['result'], signal: AbortSignal): Promise<void> {
    await retry(() => this.client.completeJob({ jobId: job.id, leaseToken: job.leaseToken, result }), { signal });
  }

  /** Retries until `signal` aborts. */
  async fail(job: LeasedJob, code: ErrorCode, isRetryable: boolean, signal: AbortSignal): Promise<void> {
    await retry(() => this.client.failJob({ jobId: job.id, leaseToken: job.leaseToken, code, isRetryable }), {
      signal,
    });
  }

  async release(job: LeasedJob): Promise<void> {
    await retry(() => this.client.releaseJob({ jobId: job.id, leaseToken: job.leaseToken }), {
      retries: RELEASE_RETRIES,
    });
  }
}

async function retry(
  call: () => Promise<unknown>,
  { retries = Infinity, signal }: { readonly retries?: number; readonly signal?: AbortSignal },
): Promise<void> {
  await pRetry(call, {
    ...BACK_OFF,
    retries,
    ...(signal && { signal }),
    shouldRetry: ({ error }) => isTransient(error),
  });
}
