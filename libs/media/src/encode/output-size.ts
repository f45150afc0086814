/**
 * The most bytes that a rendition may come to; ffmpeg stops there. Twice what the bit rate makes of the duration, with
 * room for a very short film's overhead: only a source that lies about its duration gets there.
 */
export function maxRenditionBytes(maxBitrateBps: number, durationMs: number): number {
  return 4 * 1024 * 1024 + Math.ceil((2 * maxBitrateBps * durationMs) / 8_000);
}
