/** Where a profile stopped in a title. */
export interface Progress {
  readonly titleId: string;
  readonly assetId: string;
  readonly positionMs: number;
  readonly durationMs: number;
  readonly occurredAt: Date;
}

/** Profiles that stopped earlier probably opened the title by mistake. */
export const MIN_CONTINUE_MS = 3_000;

const SHORT_TITLE_MS = 2 * 60_000;

/** The credits of titles that are longer than SHORT_TITLE_MS. */
const CREDITS_MS = 30_000;

/** Returns true if over 95 % were watched, or if less than 30 s remain of a title that is longer than 2 minutes. */
export function isFinished(positionMs: number, durationMs: number): boolean {
  if (positionMs > durationMs * 0.95) return true;
  return durationMs > SHORT_TITLE_MS && durationMs - positionMs < CREDITS_MS;
}
