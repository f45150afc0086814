import type { ErrorCode } from '@viernes/contracts';

/**
 * uploaded: stored and checked, nobody works on it. processing: being transcoded. playable: lowest rung and audio are
 * there. ready: the whole ladder is. failed: it will never be played.
 */
export type AssetState = 'uploaded' | 'processing' | 'playable' | 'ready' | 'failed';

export interface Asset {
  readonly id: string;
  readonly titleId: string;
  readonly state: AssetState;
  readonly objectKey: string;
  readonly sizeBytes: number;
  /** Null until it was probed. */
  readonly durationMs: number | null;
  readonly demuxer: string | null;
  readonly failureCode: ErrorCode | null;
}

export function isPlayable(state: AssetState): boolean {
  return state === 'playable' || state === 'ready';
}
