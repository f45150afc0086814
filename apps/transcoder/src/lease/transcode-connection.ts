import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { transcodeV1 } from '@viernes/contracts';
import { createGrpcClient, type GrpcClient } from '@viernes/platform';
import { CONFIG, type TranscoderConfig } from '../config.js';

export type TranscodeClient = GrpcClient<typeof transcodeV1.TranscodeServiceService>;

/** Injects the client. */
export const TRANSCODE_CLIENT = Symbol('TranscodeClient');

const TIMEOUT_MS = 5_000;

/** Holds the connection to the video service, and closes it after the last job has been reported. */
@Injectable()
export class TranscodeConnection implements OnApplicationShutdown {
  readonly client: TranscodeClient;

  constructor(@Inject(CONFIG) config: TranscoderConfig) {
    // Not leaseJob: an answer that got lost may be a job that is ours, and the next call would take another.
    this.client = createGrpcClient(transcodeV1.TranscodeServiceService, config.VIDEO_ADDRESS, {
      idempotent: ['heartbeatJob', 'completeJob', 'failJob', 'releaseJob'],
      timeoutMs: TIMEOUT_MS,
    });
  }

  onApplicationShutdown(): void {
    this.client.close();
  }
}
