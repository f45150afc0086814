import { Module, type DynamicModule } from '@nestjs/common';
import { CONFIG, type TranscoderConfig } from './config.js';
import { EncodeRendition } from './encode/encode-rendition.service.js';
import { JobReport } from './lease/job-report.service.js';
import { RunJob } from './lease/run-job.service.js';
import { TRANSCODE_CLIENT, TranscodeConnection } from './lease/transcode-connection.js';
import { Worker } from './lease/worker.service.js';
import { ProbeSource } from './probe/probe-source.service.js';
import { Sandbox } from './sandbox/sandbox.service.js';
import { Scratch } from './sandbox/scratch.service.js';
import { SourceCache } from './source/source-cache.service.js';

@Module({})
export class TranscoderModule {
  /** @param platform the process's Readiness and Shutdown */
  static forConfig(config: TranscoderConfig, platform: DynamicModule): DynamicModule {
    return {
      module: TranscoderModule,
      imports: [platform],
      providers: [
        { provide: CONFIG, useValue: config },
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
        JobReport,
        RunJob,
        Worker,
      ],
    };
  }
}
