/** A title that was left this close to its end starts again at the beginning. */
const END_MARGIN_MS = 3_000;

/** Returns the start position in milliseconds for the position at which the viewer stopped. */
export function startPositionMs(resumePositionMs: number, durationMs: number): number {
  if (resumePositionMs <= 0 || resumePositionMs >= durationMs - END_MARGIN_MS) return 0;
  return resumePositionMs;
}

/** Converts the position of a video element to integer milliseconds, never negative. */
export function toPositionMs(currentTimeSeconds: number): number {
  return Number.isFinite(currentTimeSeconds) ? Math.max(0, Math.round(currentTimeSeconds * 1000)) : 0;
}
