import { Inject, Injectable } from '@nestjs/common';
import type { transcodeV1 } from '@viernes/contracts';
import { ObjectStore } from '@viernes/storage';
import { VIDEO_CONFIG, type VideoConfig } from '../config.js';

/** Presigns the source and the output of a job for its worker. */
@Injectable()
export class JobUrls {
  constructor(
    private readonly objects: ObjectStore,
    @Inject(VIDEO_CONFIG) private readonly config: VideoConfig,
  ) {}

  /** @param outputKey null for a probe */
  async presign(sourceKey: string, outputKey: string | null): Promise<transcodeV1.RenewJobUrlsResponse> {
    const ttlSeconds = this.config.JOB_URL_TTL_SECONDS;
    return {
      sourceUrl: await this.objects.presignGet(sourceKey, ttlSeconds, { audience: 'internal' }),
      outputUrl: outputKey === null ? '' : await this.objects.presignPut(outputKey, ttlSeconds),
    };
  }
}
