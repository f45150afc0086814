import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { Inject, Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { CodedError, type transcodeV1 } from '@viernes/contracts';
import { newTraceId, Readiness, runInContext, Shutdown } from '@viernes/platform';
import pRetry from 'p-retry';
import { BACK_OFF } from '../back-off.js';
import { CONFIG, type TranscoderConfig } from '../config.js';
import { Sandbox } from '../sandbox/sandbox.service.js';
import { Scratch } from '../sandbox/scratch.service.js';
import { jobSeconds, jobsRunning } from './job-metrics.js';
import { RunJob } from './run-job.service.js';
import { TRANSCODE_CLIENT, type TranscodeClient } from './transcode-connection.js';

const WAIT_SECONDS = 10;
/** Above the wait, so that an answer on its last moment still counts. */
const LEASE_TIMEOUT_MS = (WAIT_SECONDS + 5) * 1000;
const MAX_TRIAL_FILE_BYTES = 64 * 1024;

/** Leases one job after the other, JOB_CONCURRENCY at a time, until SIGTERM. */
@Injectable()
export class Worker implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger(Worker.name);
  private readonly workerId = `${hostname()}-${randomUUID().slice(0, 8)}`;
  private working: Promise<unknown> = Promise.resolve();
  private tools: true | string = 'not tried yet';
  private video: true | string = 'not asked yet';

  constructor(
    @Inject(CONFIG) private readonly config: TranscoderConfig,
    @Inject(TRANSCODE_CLIENT) private readonly client: TranscodeClient,
    private readonly runJob: RunJob,
    private readonly sandbox: Sandbox,
    private readonly scratch: Scratch,
    private readonly shutdown: Shutdown,
    readiness: Readiness,
  ) {
    readiness.add('ffmpeg', () => this.tools);
    readiness.add('video', () => this.video);
  }

  async onApplicationBootstrap(): Promise<void> {
    await this.scratch.clean();
    this.working = this.untilShutdown(() => this.work());
  }

  /** Done when the jobs under way are finished or given back. */
  async onModuleDestroy(): Promise<void> {
    await this.working;
  }

  private async work(): Promise<void> {
    await this.tryTools();
    await Promise.all(Array.from({ length: this.config.JOB_CONCURRENCY }, () => this.workOneByOne()));
  }

  /** A worker without ffmpeg would lease jobs only to fail them. */
  private async tryTools(): Promise<void> {
    const signal = this.shutdown.draining;
    const tryTool = async (tool: 'ffmpeg' | 'ffprobe'): Promise<void> => {
      const limits = { folder: this.config.SCRATCH_DIR, timeoutMs: 30_000, maxFileBytes: MAX_TRIAL_FILE_BYTES };
      const { exitCode, complaints } = await this.sandbox.run({ tool, arguments: ['-version'], signal, ...limits });
      if (exitCode !== 0) throw new Error(`${tool} -version ends with ${exitCode}: ${complaints}`);
    };
    await pRetry(() => Promise.all([tryTool('ffmpeg'), tryTool('ffprobe')]), {
      ...BACK_OFF,
      retries: Infinity,
      signal,
      onFailedAttempt: ({ error }) => {
        if (this.tools !== error.message) this.logger.error({ err: error }, 'ffmpeg or ffprobe does not start');
        this.tools = error.message;
      },
    });
    this.tools = true;
  }

  private async workOneByOne(): Promise<void> {
    while (!this.shutdown.draining.aborted) {
      await runInContext({ traceId: newTraceId() }, async () => {
        const job = await this.lease();
        if (job) await this.measured(job);
      });
    }
  }

  private async lease(): Promise<transcodeV1.Job | undefined> {
    const signal = this.shutdown.draining;
    const { job } = await pRetry(() => this.ask(), {
      ...BACK_OFF,
      retries: Infinity,
      signal,
      onFailedAttempt: ({ error }) => {
        if (signal.aborted) return;
        const reason = `does not answer: ${error instanceof CodedError ? error.code : error.name}`;
        // Once an outage, not once a try.
        if (this.video !== reason) this.logger.warn({ err: error }, 'no lease to be had from the video service');
        this.video = reason;
      },
    });
    this.video = true;
    return job;
  }

  private ask(): Promise<transcodeV1.LeaseJobResponse> {
    // The first question after a silence is answered at once: readiness need not wait for a job.
    const waitSeconds = this.video === true ? WAIT_SECONDS : 0;
    const limits = { timeoutMs: LEASE_TIMEOUT_MS, signal: this.shutdown.draining };
    return this.client.leaseJob({ workerId: this.workerId, waitSeconds }, limits);
  }

  private async measured(job: transcodeV1.Job): Promise<void> {
    const kind = job.spec?.$case ?? 'unknown';
    const name = job.spec?.$case === 'video' ? job.spec.video.name : kind;
    const about = { jobId: job.id, assetId: job.assetId, attempt: job.attempt, name };
    this.logger.log(about, 'job leased');
    jobsRunning.inc();
    const stop = jobSeconds.startTimer({ kind });
    const outcome = await this.runJob.run(job, this.shutdown.signal);
    const seconds = stop({ outcome });
    jobsRunning.dec();
    this.logger.log({ ...about, outcome, seconds }, 'job ended');
  }

  /** A wait that the shutdown cuts off is no failure; anything else is a bug and ends the process. */
  private async untilShutdown(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (!this.shutdown.draining.aborted) throw error;
    }
  }
}
