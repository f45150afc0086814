import type { Asset } from '../asset/asset.js';
import type { PlannedRendition } from '../asset/rendition.js';
import type { JobState } from '../transcode/transcode-job.js';

/** A rendition with the progress of its job. */
export interface RenditionView extends Pick<
  PlannedRendition,
  'id' | 'kind' | 'name' | 'width' | 'height' | 'bitrateBps'
> {
  readonly state: JobState;
  /** 0 to 1. */
  readonly progress: number;
  /** 0 before the first lease. */
  readonly attempt: number;
}

/** An asset with the progress of its jobs, for the upload page. */
export interface AssetView extends Asset {
  /** Lowest rung first, audio last. */
  readonly renditions: readonly RenditionView[];
  /** Jobs of other assets that are in the queue before this one's next job. */
  readonly jobsAhead: number;
  /** Whether the asset no longer changes: it has failed, or no job is queued or running. */
  readonly isFinal: boolean;
}

/** Changes if and only if the view has changed. */
export type AssetViewVersion = Pick<AssetView, 'version' | 'jobsAhead'>;
