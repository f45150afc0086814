/** A calendar month (UTC), in which calls are counted. */
export interface Month {
  /** `2026-11` */
  readonly name: string;
  /** Epoch milliseconds. */
  readonly endsAtMs: number;
  readonly seconds: number;
}

let current: Month | undefined;

/** Returns the month of a time in epoch milliseconds. */
export function monthOf(nowMs: number): Month {
  // Called for each request.
  if (current && nowMs < current.endsAtMs && nowMs >= current.endsAtMs - current.seconds * 1_000) return current;
  const date = new Date(nowMs);
  const startsAtMs = Date.UTC(date.getUTCFullYear(), date.getUTCMonth());
  const endsAtMs = Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1);
  current = { name: date.toISOString().slice(0, 7), endsAtMs, seconds: (endsAtMs - startsAtMs) / 1_000 };
  return current;
}
