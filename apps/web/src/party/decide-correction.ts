/** A larger drift takes too long to correct by the playback rate. */
const SEEK_THRESHOLD_MS = 300;

/** A paused player shows one frame, so only a visible difference matters. */
const PAUSED_TOLERANCE_MS = 40;

/** A smaller drift is imperceptible, and within the measurement error. */
const TOLERANCE_MS = 15;

/** Changes of the playback rate up to this one are hardly audible. */
const MAX_RATE_CHANGE = 0.05;

/** Time in which the selected rate would correct a small drift. Each later check selects a new rate. */
const CORRECTION_MS = 1_500;

export interface Drift {
  /** The target minus the position: positive if the player is behind. */
  readonly driftMs: number;
  readonly isPlaying: boolean;
  /** False shortly after a seek, because its effect is not measurable yet. */
  readonly canSeek: boolean;
}

export interface Correction {
  readonly isSeek: boolean;
  readonly playbackRate: number;
}

/** Decides how a player reaches its target. The playback rate corrects a small drift, a seek corrects a large one. */
export function decideCorrection({ driftMs, isPlaying, canSeek }: Drift): Correction {
  const sizeMs = Math.abs(driftMs);
  if (!isPlaying) return { isSeek: canSeek && sizeMs > PAUSED_TOLERANCE_MS, playbackRate: 1 };
  if (canSeek && sizeMs > SEEK_THRESHOLD_MS) return { isSeek: true, playbackRate: 1 };
  if (sizeMs < TOLERANCE_MS) return { isSeek: false, playbackRate: 1 };
  const change = Math.max(-MAX_RATE_CHANGE, Math.min(MAX_RATE_CHANGE, driftMs / CORRECTION_MS));
  return { isSeek: false, playbackRate: 1 + change };
}

export interface PartyPlayback {
  readonly isPlaying: boolean;
  readonly positionMs: number;
  /** Time of the party at which the position was valid. */
  readonly atMs: number;
}

/** Returns the target position of a player. @param nowMs the time of the party */
export function targetPositionMs(
  { isPlaying, positionMs, atMs }: PartyPlayback,
  nowMs: number,
  durationMs: number,
): number {
  const targetMs = isPlaying ? positionMs + Math.max(0, nowMs - atMs) : positionMs;
  return Math.min(targetMs, durationMs);
}
