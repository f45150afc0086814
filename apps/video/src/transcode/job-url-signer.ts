import { Inject, Injectable } from '@nestjs/common';
import { ObjectStore } from '@viernes/storage';
import { TRANSCODE_CONFIG, type TranscodeConfig } from './transcode.config.js';

export interface JobUrls {
  readonly sourceUrl: string;
  /** Empty for a probe. */
  readonly outputUrl: string;
}

/** Presigns the source and the output of a job, so that workers need no credentials. */
@Injectable()
export class JobUrlSigner {
  constructor(
    private readonly objects: ObjectStore,
    @Inject(TRANSCODE_CONFIG) private readonly config: TranscodeConfig,
  ) {}

  /** @param outputKey null for a probe */
  async sign(sourceKey: string, outputKey: string | null): Promise<JobUrls> {
    const ttlSeconds = this.config.JOB_URL_TTL_SECONDS;
    return {
      sourceUrl: await this.objects.presignGet(sourceKey, ttlSeconds, { audience: 'internal' }),
      outputUrl: outputKey === null ? '' : await this.objects.presignPut(outputKey, ttlSeconds),
    };
  }
}
