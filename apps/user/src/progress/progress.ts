/** Up to this length a title is a short one. */
const SHORT_MS = 2 * 60_000;

/** In anything longer, the last seconds are credits. */
const CREDITS_MS = 30_000;

/** Who opened a title by mistake need not continue it. */
export const CONTINUE_FROM_MS = 3_000;

/** Whether a viewer is through: more than 95 % watched, or less than 30 s left of anything longer than 2 minutes. */
export function isFinished(positionMs: number, durationMs: number): boolean {
  if (positionMs > durationMs * 0.95) return true;
  return durationMs > SHORT_MS && durationMs - positionMs < CREDITS_MS;
}
