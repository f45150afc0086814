import { Module, type DynamicModule } from '@nestjs/common';
import type { TranscoderConfig } from './config.js';
import { ENCODE_CONFIG } from './encode/encode.config.js';
import { EncodeRendition } from './encode/encode-rendition.service.js';
import { JobReporter } from './lease/job-reporter.js';
import { RunJob } from './lease/run-job.service.js';
import { TRANSCODE_CLIENT, TranscodeConnection } from './lease/transcode-client.js';
import { WORKER_CONFIG } from './lease/worker.config.js';
import { Worker } from './lease/worker.js';
import { ProbeSource } from './probe/probe-source.service.js';
import { SANDBOX_CONFIG } from './sandbox/sandbox.config.js';
import { Sandbox } from './sandbox/sandbox.js';
import { Scratch } from './sandbox/scratch.js';
import { SourceCache } from './source/source-cache.js';

@Module({})
export class TranscoderModule {
  /** @param platform provides the Readiness and the Shutdown of the process */
  static forConfig(config: TranscoderConfig, platform: DynamicModule): DynamicModule {
    return {
      module: TranscoderModule,
      imports: [platform],
      providers: [
        { provide: WORKER_CONFIG, useValue: config },
        { provide: SANDBOX_CONFIG, useValue: config },
        { provide: ENCODE_CONFIG, useValue: config },
        TranscodeConnection,
        {
          provide: TRANSCODE_CLIENT,
          inject: [TranscodeConnection],
          useFactory: ({ client }: TranscodeConnection) => client,
        },
        Sandbox,
        Scratch,
        SourceCache,
        ProbeSource,
        EncodeRendition,
        JobReporter,
        RunJob,
        Worker,
      ],
    };
  }
}
