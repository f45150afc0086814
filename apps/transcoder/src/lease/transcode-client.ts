import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { transcodeV1 } from '@viernes/contracts';
import { addTraceSender, createGrpcClient, flushSpans, type GrpcClient, type TraceSpans } from '@viernes/platform';
import { WORKER_CONFIG, type WorkerConfig } from './worker.config.js';

export type TranscodeClient = GrpcClient<typeof transcodeV1.TranscodeServiceService>;

/** Injects the client. */
export const TRANSCODE_CLIENT = Symbol('TranscodeClient');

const TIMEOUT_MS = 5_000;

/** Owns the connection to the video service and closes it after the last job and its spans are reported. */
@Injectable()
export class TranscodeConnection implements OnApplicationShutdown {
  readonly client: TranscodeClient;

  constructor(@Inject(WORKER_CONFIG) config: WorkerConfig) {
    // leaseJob is not idempotent: a lost response can contain a leased job, and a retry would lease a second one.
    this.client = createGrpcClient(transcodeV1.TranscodeServiceService, config.VIDEO_ADDRESS, {
      idempotent: ['heartbeatJob', 'renewJobUrls', 'completeJob', 'failJob', 'releaseJob'],
      timeoutMs: TIMEOUT_MS,
    });
    addTraceSender('video', () => ({ send: (traces) => this.reportSpans(traces), close: () => Promise.resolve() }));
  }

  async onApplicationShutdown(): Promise<void> {
    await flushSpans();
    this.client.close();
  }

  /** Sends spans to the video service, because workers have no connection to Kafka. */
  private async reportSpans(traces: readonly TraceSpans[]): Promise<void> {
    await this.client.reportSpans({ traces: traces.map(({ traceId, otlpJson }) => ({ traceId, otlpJson })) });
  }
}
