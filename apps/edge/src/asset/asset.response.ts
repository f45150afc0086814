import { CodedError, videoV1 } from '@viernes/contracts';
import { required } from '../upstream/required.js';
import type { AssetResponse } from './asset.operations.js';

const { AssetState, JobState, RenditionKind } = videoV1;

const ASSET_STATES: Readonly<Partial<Record<videoV1.AssetState, AssetResponse['state']>>> = {
  [AssetState.ASSET_STATE_UPLOADED]: 'uploaded',
  [AssetState.ASSET_STATE_PROCESSING]: 'processing',
  [AssetState.ASSET_STATE_PLAYABLE]: 'playable',
  [AssetState.ASSET_STATE_READY]: 'ready',
  [AssetState.ASSET_STATE_FAILED]: 'failed',
};

type RenditionResponse = AssetResponse['renditions'][number];

const JOB_STATES: Readonly<Partial<Record<videoV1.JobState, RenditionResponse['state']>>> = {
  [JobState.JOB_STATE_QUEUED]: 'queued',
  [JobState.JOB_STATE_RUNNING]: 'running',
  [JobState.JOB_STATE_SUCCEEDED]: 'succeeded',
  [JobState.JOB_STATE_FAILED]: 'failed',
};

export function toAssetResponse(asset: videoV1.Asset): AssetResponse {
  return {
    id: asset.id,
    titleId: asset.titleId,
    state: required(ASSET_STATES[asset.state], 'state'),
    isFinal: asset.isFinal,
    sizeBytes: asset.sizeBytes,
    fileName: asset.fileName,
    durationMs: asset.durationMs ?? null,
    failureCode: asset.failureCode ?? null,
    renditions: asset.renditions.map(toRenditionResponse),
    jobsAhead: asset.jobsAhead,
    createdAt: required(asset.createdAt, 'created_at'),
  };
}

function toRenditionResponse(rendition: videoV1.Rendition): RenditionResponse {
  const { id, name, width, height, bitrateBps, state, progress, attempt } = rendition;
  return {
    id,
    kind: toRenditionKind(rendition.kind),
    name,
    width: width ?? null,
    height: height ?? null,
    bitrateBps,
    state: required(JOB_STATES[state], 'state'),
    progress,
    attempt,
  };
}

function toRenditionKind(kind: videoV1.RenditionKind): RenditionResponse['kind'] {
  if (kind === RenditionKind.RENDITION_KIND_AUDIO) return 'audio';
  if (kind === RenditionKind.RENDITION_KIND_VIDEO) return 'video';
  throw new CodedError('INTERNAL', { unknown: 'rendition kind' });
}
