import type { RenditionKind } from '../asset/rendition.js';

/** The probe of a source, or the encoding of one rendition. */
export type JobKind = 'probe' | RenditionKind;

export type JobState = 'queued' | 'running' | 'succeeded' | 'failed';

export interface TranscodeJob {
  readonly id: string;
  readonly assetId: string;
  /** Null for a probe. */
  readonly renditionId: string | null;
  readonly kind: JobKind;
  readonly state: JobState;
  /** 0 before the first lease. */
  readonly attempt: number;
  /** Key of the rendition that the running attempt uploads. Each attempt has a different one. Null for a probe. */
  readonly outputKey: string | null;
  /** Null if the trace of the upload is not recorded. */
  readonly traceparent: string | null;
}

/** One rendition in the decision about an asset. */
export interface LadderStep {
  readonly kind: RenditionKind;
  /** 0 for the lowest rung. */
  readonly position: number;
  /** The state of its job. */
  readonly state: JobState;
}

/**
 * Returns the state of an asset with this ladder. The lowest rung and the audio are essential: the asset becomes playable
 * when both have succeeded, and fails when one of them has failed. If a higher rung fails, the asset stays playable.
 */
export function deriveAssetState(steps: readonly LadderStep[]): 'processing' | 'playable' | 'ready' | 'failed' {
  const essential = steps.filter(({ kind, position }) => kind === 'audio' || position === 0);
  if (essential.some(({ state }) => state === 'failed')) return 'failed';
  if (!essential.every(({ state }) => state === 'succeeded')) return 'processing';
  return steps.every(({ state }) => state === 'succeeded') ? 'ready' : 'playable';
}

/**
 * Returns the priority of a job. Lower values run first: probes, because they are short and lead to further jobs, then
 * the lowest rung and the audio of every asset, so that each asset becomes playable early, then the other rungs from low
 * to high. Within a priority, the oldest job runs first.
 *
 * @param position 0 for the lowest rung. Ignored for probes and audio
 */
export function jobPriority(kind: JobKind, position = 0): number {
  if (kind === 'probe') return 0;
  return kind === 'audio' ? 1 : 1 + position;
}
