import { videoV1 } from '@viernes/contracts';
import type { AssetState } from '../asset/asset.js';
import type { RenditionKind } from '../asset/rendition.js';
import type { JobState } from '../transcode/transcode-job.js';
import type { AssetView } from './asset-view.js';

const ASSET_STATES: Readonly<Record<AssetState, videoV1.AssetState>> = {
  uploaded: videoV1.AssetState.ASSET_STATE_UPLOADED,
  processing: videoV1.AssetState.ASSET_STATE_PROCESSING,
  playable: videoV1.AssetState.ASSET_STATE_PLAYABLE,
  ready: videoV1.AssetState.ASSET_STATE_READY,
  failed: videoV1.AssetState.ASSET_STATE_FAILED,
};

const JOB_STATES: Readonly<Record<JobState, videoV1.JobState>> = {
  queued: videoV1.JobState.JOB_STATE_QUEUED,
  running: videoV1.JobState.JOB_STATE_RUNNING,
  succeeded: videoV1.JobState.JOB_STATE_SUCCEEDED,
  failed: videoV1.JobState.JOB_STATE_FAILED,
};

const KINDS: Readonly<Record<RenditionKind, videoV1.RenditionKind>> = {
  video: videoV1.RenditionKind.RENDITION_KIND_VIDEO,
  audio: videoV1.RenditionKind.RENDITION_KIND_AUDIO,
};

export function toAssetMessage(asset: AssetView): videoV1.Asset {
  return {
    id: asset.id,
    titleId: asset.titleId,
    state: ASSET_STATES[asset.state],
    sizeBytes: asset.sizeBytes,
    fileName: asset.fileName,
    durationMs: asset.durationMs ?? undefined,
    failureCode: asset.failureCode ?? undefined,
    renditions: asset.renditions.map((rendition) => ({
      id: rendition.id,
      kind: KINDS[rendition.kind],
      name: rendition.name,
      width: rendition.width ?? undefined,
      height: rendition.height ?? undefined,
      bitrateBps: rendition.bitrateBps,
      state: JOB_STATES[rendition.state],
      progress: rendition.progress,
      attempt: rendition.attempt,
    })),
    createdAt: asset.createdAt.toISOString(),
    jobsAhead: asset.jobsAhead,
    isFinal: asset.isFinal,
  };
}
