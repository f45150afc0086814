/** A film left this close to its end is over: playing it again starts at the beginning. */
const ENDED_WITHIN_MS = 3_000;

/** Where to begin, in milliseconds, given where the viewer stopped. */
export function beginAtMs(resumePositionMs: number, durationMs: number): number {
  if (resumePositionMs <= 0 || resumePositionMs >= durationMs - ENDED_WITHIN_MS) return 0;
  return resumePositionMs;
}

/** The video element's position as the API counts: whole milliseconds, never negative. */
export function positionMsOf(currentTimeSeconds: number): number {
  return Number.isFinite(currentTimeSeconds) ? Math.max(0, Math.round(currentTimeSeconds * 1000)) : 0;
}
