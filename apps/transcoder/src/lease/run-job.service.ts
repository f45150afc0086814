import { Inject, Injectable, Logger } from '@nestjs/common';
import { CodedError, isTransient, type ErrorCode, type transcodeV1 } from '@viernes/contracts';
import { EncodeRendition } from '../encode/encode-rendition.service.js';
import { PresignedUrl } from '../object-storage/presigned-url.js';
import { ProbeSource } from '../probe/probe-source.service.js';
import { isLeaseLost } from '../retry/lease-lost.js';
import { Scratch } from '../sandbox/scratch.js';
import { SourceCache } from '../source/source-cache.js';
import { startHeartbeats } from './heartbeats.js';
import { JobProgress } from './job-progress.js';
import { JobReporter } from './job-reporter.js';
import { JobStopped, stopAtShutdown } from './stop-at-shutdown.js';
import { TRANSCODE_CLIENT, type TranscodeClient } from './transcode-client.js';
import { WORKER_CONFIG, type WorkerConfig } from './worker.config.js';

/**
 * - `failed`: reported. The video service decides whether to try again.
 * - `released`: returned to the queue. The attempt does not count.
 * - `lease-lost`: another worker owns the job, or its result is no longer needed.
 * - `unreported`: the report did not reach the video service. The lease expires.
 */
export type JobOutcome = 'completed' | 'failed' | 'released' | 'lease-lost' | 'unreported';

type JobResult = NonNullable<transcodeV1.CompleteJobRequest['result']>;

/** Another attempt would fail in the same way. */
const SOURCE_ERRORS: readonly ErrorCode[] = ['SOURCE_UNREADABLE', 'SOURCE_LIMIT_EXCEEDED'];

/** Errors of this worker's system that are unrelated to the job: its disk, its file descriptors, its memory. */
const WORKER_FAILURES: readonly unknown[] = ['ENOSPC', 'EDQUOT', 'EIO', 'EROFS', 'EMFILE', 'ENFILE', 'ENOMEM'];

/** Runs one leased job from its source to its report. Never rejects: each result is an outcome. */
@Injectable()
export class RunJob {
  private readonly logger = new Logger(RunJob.name);

  constructor(
    @Inject(WORKER_CONFIG) private readonly config: WorkerConfig,
    @Inject(TRANSCODE_CLIENT) private readonly client: TranscodeClient,
    private readonly reporter: JobReporter,
    private readonly scratch: Scratch,
    private readonly sources: SourceCache,
    private readonly probeSource: ProbeSource,
    private readonly encodeRendition: EncodeRendition,
  ) {}

  /** @param shutdown lets a job that is nearly complete finish, and releases any other job */
  async run(job: transcodeV1.Job, shutdown: AbortSignal): Promise<JobOutcome> {
    const progress = new JobProgress(performance.now());
    const lost = new AbortController();
    const stopping = new AbortController();
    const stopHeartbeats = startHeartbeats({
      client: this.client,
      job,
      progress,
      logger: this.logger,
      onLost: () => lost.abort(new JobStopped('lease-lost')),
    });
    const stopWatching = stopAtShutdown(shutdown, progress, this.config.DRAIN_TIMEOUT_MS, stopping);
    const signal = AbortSignal.any([lost.signal, stopping.signal]);
    try {
      const result = await this.perform(job, progress, signal);
      // Not `signal`: the report ends the lease, so a concurrent heartbeat can return LEASE_LOST and abort `signal`.
      return await this.report(job, 'completed', () => this.reporter.complete(job, result, stopping.signal));
    } catch (error) {
      return await this.reportError(job, signal.aborted ? signal.reason : error, stopping.signal);
    } finally {
      stopWatching();
      await stopHeartbeats();
    }
  }

  private perform(job: transcodeV1.Job, progress: JobProgress, signal: AbortSignal): Promise<JobResult> {
    const { id: jobId, leaseToken, assetId, sourceSizeBytes: sizeBytes, spec } = job;
    const renew = () => this.client.renewJobUrls({ jobId, leaseToken });
    const sourceUrl = new PresignedUrl(job.sourceUrl, async () => (await renew()).sourceUrl);
    const outputUrl = new PresignedUrl(job.outputUrl, async () => (await renew()).outputUrl);
    return this.sources.use({ assetId, url: sourceUrl, sizeBytes }, signal, (sourcePath) =>
      this.scratch.withJobFolder(async (folder): Promise<JobResult> => {
        if (spec === undefined) throw new CodedError('TRANSCODE_FAILED', { reason: 'unknown-job-kind' });
        if (spec.$case === 'probe') {
          return { $case: 'probe', probe: await this.probeSource.run({ sourcePath, folder, signal }) };
        }
        const onProgress = (fraction: number): void => progress.advance(fraction);
        const task = { job, spec, sourcePath, outputUrl, folder, signal, onProgress };
        return { $case: 'rendition', rendition: await this.encodeRendition.run(task) };
      }),
    );
  }

  private async reportError(job: transcodeV1.Job, error: unknown, stopping: AbortSignal): Promise<JobOutcome> {
    if (hasLostLease(error)) return 'lease-lost';
    if (error instanceof JobStopped) return this.report(job, 'released', () => this.reporter.release(job));
    const code = toFailureCode(error);
    const isSourceError = SOURCE_ERRORS.includes(code);
    const fields = { jobId: job.id, assetId: job.assetId, code, err: error };
    if (isSourceError) this.logger.warn(fields, 'source rejected');
    else this.logger.error(fields, 'job failed');
    // The video service does not count an attempt that failed with a transient code.
    const outcome = code === 'DEPENDENCY_UNAVAILABLE' ? 'released' : 'failed';
    return this.report(job, outcome, () => this.reporter.fail(job, code, !isSourceError, stopping));
  }

  private async report(job: transcodeV1.Job, outcome: JobOutcome, send: () => Promise<void>): Promise<JobOutcome> {
    try {
      await send();
      return outcome;
    } catch (error) {
      if (hasLostLease(error)) return 'lease-lost';
      this.logger.error({ jobId: job.id, outcome, err: error }, 'job report failed');
      return 'unreported';
    }
  }
}

/** Returns whether a call for the job was rejected because its lease is lost. */
function hasLostLease(error: unknown): boolean {
  return error instanceof JobStopped ? error.reason === 'lease-lost' : isLeaseLost(error);
}

function toFailureCode(error: unknown): ErrorCode {
  if (error instanceof CodedError && SOURCE_ERRORS.includes(error.code)) return error.code;
  if (isTransient(error)) return 'DEPENDENCY_UNAVAILABLE';
  const isWorkerFailure = error instanceof Error && 'code' in error && WORKER_FAILURES.includes(error.code);
  return isWorkerFailure ? 'DEPENDENCY_UNAVAILABLE' : 'TRANSCODE_FAILED';
}
