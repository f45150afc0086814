import { setTimeout as delay } from 'node:timers/promises';
import type { Logger } from '@nestjs/common';
import type { transcodeV1 } from '@viernes/contracts';
import { currentContext, runInContext } from '@viernes/platform';
import { isLeaseLost } from '../retry/lease-lost.js';
import type { JobProgress } from './job-progress.js';
import type { TranscodeClient } from './transcode-client.js';

export interface HeartbeatOptions {
  readonly client: TranscodeClient;
  readonly job: Pick<transcodeV1.Job, 'id' | 'leaseToken' | 'leaseSeconds'>;
  readonly progress: JobProgress;
  readonly logger: Logger;
  /** The job must stop immediately: another worker owns it, or its result is no longer needed. */
  readonly onLost: () => void;
}

/** Short enough for a smooth progress bar. */
const PROGRESS_INTERVAL_MS = 1_000;

/**
 * Sends a heartbeat every second, or after a third of a lease shorter than 3 s, until `stop` is called or the lease is lost. An
 * unavailable video service does not stop the job: the next successful heartbeat shows whether the lease is still valid.
 *
 * @returns `stop`, which resolves when no heartbeat is in flight
 */
export function startHeartbeats({ client, job, progress, logger, onLost }: HeartbeatOptions): () => Promise<void> {
  const stopped = new AbortController();
  const run = async (): Promise<void> => {
    let leaseSeconds = job.leaseSeconds;
    let isFailing = false;
    while (!stopped.signal.aborted) {
      const thirdMs = Math.max(100, (leaseSeconds * 1000) / 3);
      await delay(Math.min(thirdMs, PROGRESS_INTERVAL_MS), undefined, { signal: stopped.signal });
      try {
        const request = { jobId: job.id, leaseToken: job.leaseToken, progress: progress.fraction };
        const response = await client.heartbeatJob(request, { timeoutMs: thirdMs, signal: stopped.signal });
        leaseSeconds = response.leaseSeconds;
        isFailing = false;
      } catch (error) {
        if (stopped.signal.aborted) return;
        if (isLeaseLost(error)) return onLost();
        if (!isFailing) logger.warn({ jobId: job.id, err: error }, 'heartbeat failed');
        isFailing = true;
      }
    }
  };
  // Runs without a span, because a long job sends thousands of heartbeats. Only the delay rejects, when `stop` aborts it.
  const running = runInContext({ traceId: currentContext().traceId }, run).catch(() => undefined);
  return () => {
    stopped.abort();
    return running;
  };
}
