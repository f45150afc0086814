import { setTimeout as delay } from 'node:timers/promises';
import type { Logger } from '@nestjs/common';
import { CodedError, type transcodeV1 } from '@viernes/contracts';
import type { JobProgress } from './job-progress.js';
import type { TranscodeClient } from './transcode-connection.js';

export interface KeptLease {
  readonly client: TranscodeClient;
  readonly job: Pick<transcodeV1.Job, 'id' | 'leaseToken' | 'leaseSeconds'>;
  readonly progress: JobProgress;
  readonly logger: Logger;
  /** The job belongs to somebody else now: stop at once. */
  readonly onLost: () => void;
}

/** Somebody watches a bar grow: it should move. */
const PROGRESS_INTERVAL_MS = 1_000;

/**
 * Sends a heartbeat each second, or each third of a shorter lease, until `stop` is called or the lease is lost. A
 * video service that is away costs nothing yet: the job goes on, and the next heartbeat tells whether it is still ours.
 *
 * @returns stop, which resolves once no heartbeat is under way
 */
export function keepLease({ client, job, progress, logger, onLost }: KeptLease): () => Promise<void> {
  const stopped = new AbortController();
  const beat = async (): Promise<void> => {
    let leaseSeconds = job.leaseSeconds;
    while (!stopped.signal.aborted) {
      const thirdMs = Math.max(100, (leaseSeconds * 1000) / 3);
      await delay(Math.min(thirdMs, PROGRESS_INTERVAL_MS), undefined, { signal: stopped.signal });
      try {
        const request = { jobId: job.id, leaseToken: job.leaseToken, progress: progress.fraction };
        const answer = await client.heartbeatJob(request, { timeoutMs: thirdMs, signal: stopped.signal });
        leaseSeconds = answer.leaseSeconds;
      } catch (error) {
        if (stopped.signal.aborted) return;
        if (error instanceof CodedError && error.code === 'LEASE_LOST') return onLost();
        logger.warn({ jobId: job.id, err: error }, 'a heartbeat did not arrive');
      }
    }
  };
  // The delay rejects when stopped; nothing else can.
  const beating = beat().catch(() => undefined);
  return () => {
    stopped.abort();
    return beating;
  };
}
