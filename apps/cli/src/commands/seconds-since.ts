/** Returns the seconds since a time of performance.now(), with one decimal. */
export function secondsSince(startedAtMs: number): number {
  return Number(((performance.now() - startedAtMs) / 1000).toFixed(1));
}
