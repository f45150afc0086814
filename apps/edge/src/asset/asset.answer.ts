import { CodedError, videoV1 } from '@viernes/contracts';
import { present } from '../upstream/present.js';
import type { AssetAnswer } from './asset.operations.js';

const { AssetState, JobState, RenditionKind } = videoV1;

const ASSET_STATES: Readonly<Partial<Record<videoV1.AssetState, AssetAnswer['state']>>> = {
  [AssetState.ASSET_STATE_UPLOADED]: 'uploaded',
  [AssetState.ASSET_STATE_PROCESSING]: 'processing',
  [AssetState.ASSET_STATE_PLAYABLE]: 'playable',
  [AssetState.ASSET_STATE_READY]: 'ready',
  [AssetState.ASSET_STATE_FAILED]: 'failed',
};

type RenditionAnswer = AssetAnswer['renditions'][number];

const JOB_STATES: Readonly<Partial<Record<videoV1.JobState, RenditionAnswer['state']>>> = {
  [JobState.JOB_STATE_QUEUED]: 'queued',
  [JobState.JOB_STATE_RUNNING]: 'running',
  [JobState.JOB_STATE_SUCCEEDED]: 'succeeded',
  [JobState.JOB_STATE_FAILED]: 'failed',
};

export function assetAnswer(asset: videoV1.Asset): AssetAnswer {
  return {
    id: asset.id,
    titleId: asset.titleId,
    state: present(ASSET_STATES[asset.state], 'state'),
    sizeBytes: asset.sizeBytes,
    fileName: asset.fileName,
    durationMs: asset.durationMs ?? null,
    failureCode: asset.failureCode ?? null,
    renditions: asset.renditions.map(renditionAnswer),
    jobsAhead: asset.jobsAhead,
    createdAt: present(asset.createdAt, 'created_at'),
  };
}

function renditionAnswer(rendition: videoV1.Rendition): RenditionAnswer {
  const { id, name, width, height, bitrateBps, state, progress, attempt } = rendition;
  return {
    id,
    kind: kindOf(rendition.kind),
    name,
    width: width ?? null,
    height: height ?? null,
    bitrateBps,
    state: present(JOB_STATES[state], 'state'),
    progress,
    attempt,
  };
}

function kindOf(kind: videoV1.RenditionKind): RenditionAnswer['kind'] {
  if (kind === RenditionKind.RENDITION_KIND_AUDIO) return 'audio';
  if (kind === RenditionKind.RENDITION_KIND_VIDEO) return 'video';
  throw new CodedError('INTERNAL', { unknown: 'rendition kind' });
}
