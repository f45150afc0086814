import { videoV1 } from '@viernes/contracts';
import type { JobState } from '../transcode/transcode-job.js';
import type { AssetEntity } from './asset.entity.js';
import type { AssetState } from './asset.js';
import type { RenditionEntity, RenditionKind } from './rendition.entity.js';

/** A rendition with the job that makes it. */
export interface RenditionView extends Pick<
  RenditionEntity,
  'id' | 'kind' | 'name' | 'width' | 'height' | 'bitrateBps'
> {
  readonly state: JobState;
  readonly progress: number;
  readonly attempt: number;
}

/** What a screen shows of an asset. */
export interface AssetView extends Pick<
  AssetEntity,
  'id' | 'titleId' | 'state' | 'sizeBytes' | 'fileName' | 'durationMs' | 'failureCode' | 'createdAt'
> {
  /** Lowest rung first, audio last. */
  readonly renditions: readonly RenditionView[];
  readonly jobsAhead: number;
  /** Whether the asset does not change any more: it has failed, or no job is queued or running. */
  readonly isFinal: boolean;
}

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

/** The view as the contract has it. */
export function toAssetMessage(view: AssetView): videoV1.Asset {
  return {
    id: view.id,
    titleId: view.titleId,
    state: ASSET_STATES[view.state],
    sizeBytes: view.sizeBytes,
    fileName: view.fileName,
    durationMs: view.durationMs ?? undefined,
    failureCode: view.failureCode ?? undefined,
    renditions: view.renditions.map((rendition) => ({
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
    createdAt: view.createdAt.toISOString(),
    jobsAhead: view.jobsAhead,
    isFinal: view.isFinal,
  };
}
