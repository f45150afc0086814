const HOUR_MS = 3_600_000;

/** The period of a report, and the length of its intervals. */
export interface Period {
  readonly name: 'day' | 'week' | 'month';
  readonly hours: number;
  readonly interval: 'hour' | 'day';
}

export const PERIODS: readonly [Period, ...Period[]] = [
  { name: 'day', hours: 24, interval: 'hour' },
  { name: 'week', hours: 7 * 24, interval: 'hour' },
  { name: 'month', hours: 30 * 24, interval: 'day' },
];

/** Returns the start and the end of a period that ends with the current hour or day (UTC). */
export function toTimes({ hours, interval }: Period, nowMs: number): { readonly from: string; readonly to: string } {
  const stepMs = interval === 'day' ? 24 * HOUR_MS : HOUR_MS;
  const endMs = Math.ceil(nowMs / stepMs) * stepMs;
  return { from: new Date(endMs - hours * HOUR_MS).toISOString(), to: new Date(endMs).toISOString() };
}

/** Lists the start of each interval, in epoch milliseconds. A report has no rows for intervals without calls. */
export function listIntervals({ interval }: Period, from: string, to: string): readonly number[] {
  const stepMs = interval === 'day' ? 24 * HOUR_MS : HOUR_MS;
  const startMs = Date.parse(from);
  return Array.from(
    { length: Math.round((Date.parse(to) - startMs) / stepMs) },
    (_, index) => startMs + index * stepMs,
  );
}
