import { Inject, Injectable, Logger } from '@nestjs/common';
import { CodedError, type ErrorCode, type transcodeV1 } from '@viernes/contracts';
import { CONFIG, type TranscoderConfig } from '../config.js';
import { EncodeRendition } from '../encode/encode-rendition.service.js';
import { ProbeSource } from '../probe/probe-source.service.js';
import { Scratch } from '../sandbox/scratch.service.js';
import { SourceCache } from '../source/source-cache.service.js';
import type { JobOutcome } from './job-metrics.js';
import { JobProgress } from './job-progress.js';
import { JobReport } from './job-report.service.js';
import { JobStopped } from './job-stop.js';
import { keepLease } from './keep-lease.js';
import { stopAtShutdown } from './stop-at-shutdown.js';
import { TRANSCODE_CLIENT, type TranscodeClient } from './transcode-connection.js';

type JobResult = NonNullable<transcodeV1.CompleteJobRequest['result']>;

/** Another try would end the same: the bytes are what they are. */
const FINAL: readonly ErrorCode[] = ['SOURCE_UNREADABLE', 'SOURCE_LIMIT_EXCEEDED'];

/** One leased job, from its source to its report. Never rejects: whatever happens is an outcome. */
@Injectable()
export class RunJob {
  private readonly logger = new Logger(RunJob.name);

  constructor(
    @Inject(CONFIG) private readonly config: TranscoderConfig,
    @Inject(TRANSCODE_CLIENT) private readonly client: TranscodeClient,
    private readonly report: JobReport,
    private readonly scratch: Scratch,
    private readonly sources: SourceCache,
    private readonly probeSource: ProbeSource,
    private readonly encodeRendition: EncodeRendition,
  ) {}

  /** @param shutdown lets a job that is nearly done finish, and gives any other back */
  async run(job: transcodeV1.Job, shutdown: AbortSignal): Promise<JobOutcome> {
    const progress = new JobProgress(performance.now());
    const stop = new AbortController();
    const stopKeeping = keepLease({
      client: this.client,
      job,
      progress,
      logger: this.logger,
      onLost: () => stop.abort(new JobStopped('lease-lost')),
    });
    const stopWatching = stopAtShutdown(shutdown, progress, this.config.DRAIN_TIMEOUT_MS, stop);
    try {
      const result = await this.perform(job, progress, stop.signal);
      await stopKeeping();
      return await this.tell(job, 'completed', () => this.report.complete(job, result));
    } catch (error) {
      await stopKeeping();
      return await this.giveUp(job, stop.signal.aborted ? stop.signal.reason : error);
    } finally {
      stopWatching();
    }
  }

  private perform(job: transcodeV1.Job, progress: JobProgress, signal: AbortSignal): Promise<JobResult> {
    const { assetId, sourceUrl: url, sourceSizeBytes: sizeBytes, spec } = job;
    return this.sources.use({ assetId, url, sizeBytes }, signal, (sourcePath) =>
      this.scratch.withJobFolder(async (folder): Promise<JobResult> => {
        if (spec === undefined) throw new CodedError('TRANSCODE_FAILED', { reason: 'unknown-kind-of-job' });
        if (spec.$case === 'probe') {
          return { $case: 'probe', probe: await this.probeSource.run({ sourcePath, folder, signal }) };
        }
        const onProgress = (fraction: number): void => progress.advance(fraction);
        const rendition = await this.encodeRendition.run({ job, spec, sourcePath, folder, signal, onProgress });
        return { $case: 'rendition', rendition };
      }),
    );
  }

  private async giveUp(job: transcodeV1.Job, error: unknown): Promise<JobOutcome> {
    if (error instanceof JobStopped) {
      if (error.reason === 'lease-lost') return 'lease-lost';
      return this.tell(job, 'released', () => this.report.release(job));
    }
    const code = error instanceof CodedError && FINAL.includes(error.code) ? error.code : 'TRANSCODE_FAILED';
    const isRetryable = !FINAL.includes(code);
    const about = { jobId: job.id, assetId: job.assetId, code, isRetryable, err: error };
    // A bad source is its sender's fault, and no reason to wake anybody.
    if (isRetryable) this.logger.error(about, 'job failed');
    else this.logger.warn(about, 'source refused');
    return this.tell(job, 'failed', () => this.report.fail(job, code, isRetryable));
  }

  private async tell(job: transcodeV1.Job, outcome: JobOutcome, report: () => Promise<void>): Promise<JobOutcome> {
    try {
      await report();
      return outcome;
    } catch (error) {
      if (error instanceof CodedError && error.code === 'LEASE_LOST') return 'lease-lost';
      this.logger.error({ jobId: job.id, outcome, err: error }, 'could not report a job: its lease will end');
      return 'unreported';
    }
  }
}
