import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { Inject, Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { CodedError, type transcodeV1 } from '@viernes/contracts';
import { newTraceId, Readiness, runInContext, Shutdown } from '@viernes/platform';
import pRetry from 'p-retry';
import { Gauge, Histogram } from 'prom-client';
import { BACK_OFF } from '../retry/backoff.js';
import { Sandbox } from '../sandbox/sandbox.js';
import { Scratch } from '../sandbox/scratch.js';
import { runInTraceOf } from './job-span.js';
import { RunJob, type JobOutcome } from './run-job.service.js';
import { TRANSCODE_CLIENT, type TranscodeClient } from './transcode-client.js';
import { WORKER_CONFIG, type WorkerConfig } from './worker.config.js';

const WAIT_SECONDS = 10;
/** Longer than the wait, so that a response at its end still arrives. */
const LEASE_TIMEOUT_MS = (WAIT_SECONDS + 5) * 1000;
const TOOL_CHECK_TIMEOUT_MS = 30_000;
const MAX_TOOL_CHECK_FILE_BYTES = 64 * 1024;

const jobSeconds = new Histogram({
  name: 'transcode_job_seconds',
  help: 'Time from the lease of a job to its report, by kind and outcome. The count is the number of jobs.',
  labelNames: ['kind', 'outcome'],
  buckets: [0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 900, 3600, 14_400],
});

const jobsRunning = new Gauge({ name: 'transcode_jobs_running', help: 'Jobs in progress in this worker' });

/** Leases and runs jobs, JOB_CONCURRENCY at a time, until SIGTERM. */
@Injectable()
export class Worker implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger(Worker.name);
  private readonly workerId = `${hostname()}-${randomUUID().slice(0, 8)}`;
  private working: Promise<unknown> = Promise.resolve();
  private toolsStatus: true | string = 'not checked yet';
  private videoStatus: true | string = 'not requested yet';

  constructor(
    @Inject(WORKER_CONFIG) private readonly config: WorkerConfig,
    @Inject(TRANSCODE_CLIENT) private readonly client: TranscodeClient,
    private readonly runJob: RunJob,
    private readonly sandbox: Sandbox,
    private readonly scratch: Scratch,
    private readonly shutdown: Shutdown,
    readiness: Readiness,
  ) {
    readiness.add('ffmpeg', () => this.toolsStatus);
    readiness.add('video', () => this.videoStatus);
  }

  async onApplicationBootstrap(): Promise<void> {
    await this.scratch.clean();
    this.working = this.work();
  }

  /** Resolves when the jobs in progress are finished or released. */
  async onModuleDestroy(): Promise<void> {
    await this.working;
  }

  private async work(): Promise<void> {
    try {
      await this.checkTools();
      await Promise.all(Array.from({ length: this.config.JOB_CONCURRENCY }, () => this.runJobs()));
    } catch (error) {
      // The shutdown interrupts waits. Any other error is a bug and ends the process.
      if (!this.shutdown.draining.aborted) throw error;
    }
  }

  /** Waits until ffmpeg and ffprobe can be executed. Without them, the worker could complete no job. */
  private async checkTools(): Promise<void> {
    const signal = this.shutdown.draining;
    const limits = {
      folder: this.scratch.folder,
      timeoutMs: TOOL_CHECK_TIMEOUT_MS,
      maxFileBytes: MAX_TOOL_CHECK_FILE_BYTES,
    };
    const check = async (tool: 'ffmpeg' | 'ffprobe'): Promise<void> => {
      const { exitCode, stderr } = await this.sandbox.run({ tool, arguments: ['-version'], signal, ...limits });
      if (exitCode !== 0) throw new Error(`${tool} -version exited with ${exitCode}: ${stderr}`);
    };
    await pRetry(() => Promise.all([check('ffmpeg'), check('ffprobe')]), {
      ...BACK_OFF,
      retries: Infinity,
      signal,
      onFailedAttempt: ({ error }) => {
        if (this.toolsStatus !== error.message) this.logger.error({ err: error }, 'ffmpeg or ffprobe check failed');
        this.toolsStatus = error.message;
      },
    });
    this.toolsStatus = true;
  }

  private async runJobs(): Promise<void> {
    while (!this.shutdown.draining.aborted) {
      const job = await runInContext({ traceId: newTraceId() }, () => this.leaseWithRetry());
      if (job) await runInTraceOf(job, () => this.runMeasured(job));
    }
  }

  private async leaseWithRetry(): Promise<transcodeV1.Job | undefined> {
    const signal = this.shutdown.draining;
    const { job } = await pRetry(() => this.lease(), {
      ...BACK_OFF,
      retries: Infinity,
      signal,
      onFailedAttempt: ({ error }) => {
        if (signal.aborted) return;
        const status = `unavailable: ${error instanceof CodedError ? error.code : error.name}`;
        // Logged once per outage, not once per attempt.
        if (this.videoStatus !== status) this.logger.warn({ err: error }, 'lease request failed');
        this.videoStatus = status;
      },
    });
    this.videoStatus = true;
    return job;
  }

  private lease(): Promise<transcodeV1.LeaseJobResponse> {
    // The first request after an outage does not wait for a job, so that readiness recovers immediately.
    const waitSeconds = this.videoStatus === true ? WAIT_SECONDS : 0;
    const limits = { timeoutMs: LEASE_TIMEOUT_MS, signal: this.shutdown.draining };
    return this.client.leaseJob({ workerId: this.workerId, waitSeconds }, limits);
  }

  private async runMeasured(job: transcodeV1.Job): Promise<JobOutcome> {
    const kind = job.spec?.$case ?? 'unknown';
    const name = job.spec?.$case === 'video' ? job.spec.video.name : kind;
    const fields = { jobId: job.id, assetId: job.assetId, attempt: job.attempt, name };
    this.logger.log(fields, 'job leased');
    jobsRunning.inc();
    const stopTimer = jobSeconds.startTimer({ kind });
    const outcome = await this.runJob.run(job, this.shutdown.signal);
    const seconds = stopTimer({ outcome });
    jobsRunning.dec();
    this.logger.log({ ...fields, outcome, seconds }, 'job finished');
    return outcome;
  }
}
