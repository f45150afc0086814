import type { SourceProbe } from './parse-probe.js';
import { findLimitViolation } from './source-limits.js';

const SOURCE: SourceProbe = {
  durationMs: 5_400_000,
  width: 1920,
  height: 1080,
  storedWidth: 1920,
  storedHeight: 1080,
  frameRate: { numerator: 24, denominator: 1 },
  hasVariableFrameRate: false,
  videoCodec: 'h264',
  hasAudio: true,
  streamCount: 2,
};

describe('findLimitViolation', () => {
  it('accepts a source within or exactly at the limits', () => {
    expect(findLimitViolation(SOURCE)).toBeUndefined();
    expect(
      findLimitViolation({ ...SOURCE, durationMs: 14_400_000, storedWidth: 4096, streamCount: 16 }),
    ).toBeUndefined();
    expect(findLimitViolation({ ...SOURCE, durationMs: undefined })).toBeUndefined();
  });

  it.each([
    [{ durationMs: 14_400_001 }, { limit: 'maxDurationMs', found: 14_400_001, allowed: 14_400_000 }],
    [{ durationMs: 40 }, { limit: 'minDurationMs', found: 40, allowed: 100 }],
    [{ storedHeight: 4097 }, { limit: 'maxSidePx', found: 4097, allowed: 4096 }],
    [{ width: 12_000 }, { limit: 'maxSidePx', found: 12_000, allowed: 4096 }],
    [{ storedHeight: 8 }, { limit: 'minSidePx', found: 8, allowed: 16 }],
    [
      { width: 1620, height: 180 },
      { limit: 'maxAspect', found: 9, allowed: 8 },
    ],
    [{ streamCount: 17 }, { limit: 'maxStreams', found: 17, allowed: 16 }],
    [{ frameRate: { numerator: 1000, denominator: 1 } }, { limit: 'maxFps', found: 1000, allowed: 240 }],
  ])('returns the violation of a source with %j', (change, violation) => {
    expect(findLimitViolation({ ...SOURCE, ...change })).toEqual(violation);
  });
});
