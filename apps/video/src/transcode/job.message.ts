import { CodedError, type transcodeV1 } from '@viernes/contracts';
import type { PlannedRendition } from '../asset/rendition.js';
import type { LeasedJob } from './lease-job.service.js';

type JobSpec = NonNullable<transcodeV1.Job['spec']>;

export function toJobMessage({ asset, rendition, urls, ...job }: LeasedJob): transcodeV1.Job {
  return {
    id: job.id,
    assetId: asset.id,
    attempt: job.attempt,
    leaseToken: job.leaseToken,
    leaseSeconds: job.leaseSeconds,
    ...urls,
    sourceSizeBytes: asset.sizeBytes,
    durationMs: rendition ? (asset.durationMs ?? 0) : 0,
    demuxer: rendition ? (asset.demuxer ?? '') : '',
    traceparent: job.traceparent ?? '',
    spec: rendition ? toSpec(rendition) : { $case: 'probe', probe: {} },
  };
}

function toSpec(rendition: PlannedRendition): JobSpec {
  const { kind, name, bitrateBps } = rendition;
  if (kind === 'audio') return { $case: 'audio', audio: { bitrateBps, channels: required(rendition, 'channels') } };
  return {
    $case: 'video',
    video: {
      name,
      bitrateBps,
      width: required(rendition, 'width'),
      height: required(rendition, 'height'),
      frameRateNumerator: required(rendition, 'frameRateNumerator'),
      frameRateDenominator: required(rendition, 'frameRateDenominator'),
      level: required(rendition, 'level'),
    },
  };
}

type OptionalColumn = 'width' | 'height' | 'frameRateNumerator' | 'frameRateDenominator' | 'level' | 'channels';

function required({ id, ...rendition }: PlannedRendition, column: OptionalColumn): number {
  const value = rendition[column];
  if (value === null) throw new CodedError('INTERNAL', { renditionId: id, missingColumn: column });
  return value;
}
