const PEAK_OVER_AVERAGE = 1.2;

/** What a rung may reach for a while; players on a phone network size their buffers by it. */
export function peakBitrateBps(averageBps: number): number {
  return Math.round(averageBps * PEAK_OVER_AVERAGE);
}
