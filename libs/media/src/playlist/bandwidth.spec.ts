import { averageBandwidthBps, peakBandwidthBps } from './bandwidth.js';
import type { MediaSegment } from './segment.js';

function segments(...rows: readonly (readonly [seconds: number, bytes: number])[]): MediaSegment[] {
  return rows.map(([seconds, length]) => ({ durationUs: seconds * 1_000_000, byteRange: { offset: 0, length } }));
}

describe('bandwidth of a rendition', () => {
  it('returns the highest bit rate of a segment as the peak', () => {
    const rendition = segments([4, 500_000], [4, 1_000_000], [4, 250_000]);
    expect([peakBandwidthBps(rendition), averageBandwidthBps(rendition)]).toEqual([2_000_000, 1_166_667]);
  });

  it('counts a last segment shorter than half a target duration only together with the previous segment', () => {
    expect(peakBandwidthBps(segments([4, 500_000], [1, 500_000]))).toBe(1_600_000);
  });

  it('returns the average of a very short rendition as the peak', () => {
    expect(peakBandwidthBps(segments([0.3, 30_000]))).toBe(800_000);
  });

  it('returns 0 as peak and average without segments', () => {
    expect([peakBandwidthBps([]), averageBandwidthBps([])]).toEqual([0, 0]);
  });
});
