import { Inject, Injectable } from '@nestjs/common';
import { CodedError, type transcodeV1 } from '@viernes/contracts';
import { Transactions } from '@viernes/database';
import type { RenditionEntity } from '../asset/rendition.entity.js';
import { RenditionRepository } from '../asset/rendition.repository.js';
import { VIDEO_CONFIG, type VideoConfig } from '../config.js';
import { JobUrls } from './job-urls.js';
import type { LeasedJob } from './lease-job.service.js';

type JobSpec = NonNullable<transcodeV1.Job['spec']>;

/** A leased job as a worker gets it: with all that it needs, and no credentials. */
@Injectable()
export class JobMessage {
  constructor(
    private readonly renditions: RenditionRepository,
    private readonly urls: JobUrls,
    private readonly transactions: Transactions,
    @Inject(VIDEO_CONFIG) private readonly config: VideoConfig,
  ) {}

  async of({ id, kind, renditionId, attempt, leaseToken, outputKey, asset }: LeasedJob): Promise<transcodeV1.Job> {
    const rendition =
      renditionId === null ? undefined : await this.transactions.run((tx) => this.renditions.get(tx, renditionId));
    return {
      id,
      assetId: asset.id,
      attempt,
      leaseToken,
      leaseSeconds: this.config.LEASE_SECONDS,
      ...(await this.urls.presign(asset.objectKey, outputKey)),
      sourceSizeBytes: asset.sizeBytes,
      durationMs: kind === 'probe' ? 0 : (asset.durationMs ?? 0),
      spec: rendition ? specOf(rendition) : { $case: 'probe', probe: {} },
      demuxer: kind === 'probe' ? '' : (asset.demuxer ?? ''),
    };
  }
}

function specOf(rendition: RenditionEntity): JobSpec {
  const { kind, name, bitrateBps } = rendition;
  if (kind === 'audio') return { $case: 'audio', audio: { bitrateBps, channels: known(rendition.channels) } };
  return {
    $case: 'video',
    video: {
      name,
      bitrateBps,
      width: known(rendition.width),
      height: known(rendition.height),
      frameRateNumerator: known(rendition.frameRateNumerator),
      frameRateDenominator: known(rendition.frameRateDenominator),
      level: known(rendition.level),
    },
  };
}

function known(value: number | null): number {
  if (value === null) throw new CodedError('INTERNAL', { rendition: 'lacks a column of its kind' });
  return value;
}
