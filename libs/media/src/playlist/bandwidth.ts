import { targetDurationSeconds } from './media-playlist.js';
import { totalDurationUs, type MediaSegment } from './segment.js';

/**
 * Returns the peak segment bit rate in bits per second, rounded up: the maximum over all sequences of segments that last
 * between 0.5 and 1.5 target durations. A shorter rendition counts as one sequence. 0 without segments.
 *
 * @see RFC 8216 section 4.1
 */
export function peakBandwidthBps(segments: readonly MediaSegment[]): number {
  const targetUs = targetDurationSeconds(segments) * 1_000_000;
  let peak = 0;
  for (let first = 0; first < segments.length; first += 1) {
    let durationUs = 0;
    let bytes = 0;
    for (const segment of segments.slice(first)) {
      durationUs += segment.durationUs;
      bytes += segment.byteRange.length;
      if (durationUs > 1.5 * targetUs) break;
      if (durationUs >= 0.5 * targetUs) peak = Math.max(peak, bitsPerSecond(bytes, durationUs));
    }
  }
  return peak > 0 ? peak : averageBandwidthBps(segments);
}

/** Returns the average segment bit rate in bits per second, rounded up. 0 without segments. */
export function averageBandwidthBps(segments: readonly MediaSegment[]): number {
  const bytes = segments.reduce((sum, { byteRange }) => sum + byteRange.length, 0);
  const durationUs = totalDurationUs(segments);
  return durationUs > 0 ? bitsPerSecond(bytes, durationUs) : 0;
}

function bitsPerSecond(bytes: number, durationUs: number): number {
  return Math.ceil((bytes * 8 * 1_000_000) / durationUs);
}
