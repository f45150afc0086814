import type { ErrorCode } from '@viernes/contracts';

/**
 * uploaded: stored and verified, no job has started. processing: jobs run, not playable yet. playable: the lowest rung and
 * the audio are stored. ready: the complete ladder is stored. failed: it never becomes playable.
 */
export type AssetState = 'uploaded' | 'processing' | 'playable' | 'ready' | 'failed';

export interface Asset {
  readonly id: string;
  readonly titleId: string;
  readonly state: AssetState;
  /** Key of the source. */
  readonly objectKey: string;
  readonly sizeBytes: number;
  readonly fileName: string;
  /** Null before the probe. */
  readonly durationMs: number | null;
  /** Null before the probe. */
  readonly demuxer: string | null;
  readonly failureCode: ErrorCode | null;
  /** Increases with each change of the asset, its renditions, and its jobs. */
  readonly version: number;
  readonly createdAt: Date;
}

/** A published asset, as a player needs it. */
export interface PlayableAsset {
  readonly id: string;
  readonly durationMs: number;
}

export function isPlayable(state: AssetState): boolean {
  return state === 'playable' || state === 'ready';
}
