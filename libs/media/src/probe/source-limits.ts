import type { SourceProbe } from './parse-probe.js';

export interface SourceLimits {
  readonly maxDurationMs: number;
  readonly minDurationMs: number;
  readonly maxSidePx: number;
  readonly minSidePx: number;
  /** Ratio of the long side to the short side. */
  readonly maxAspect: number;
  readonly maxStreams: number;
  readonly maxFps: number;
}

/** The limits of every source. */
export const SOURCE_LIMITS: SourceLimits = Object.freeze({
  maxDurationMs: 4 * 60 * 60 * 1000,
  minDurationMs: 100,
  // Memory usage of decoding is proportional to the pixels: ffmpeg used 4 GB for two seconds with sides of 8192 px.
  maxSidePx: 4096,
  minSidePx: 16,
  maxAspect: 8,
  maxStreams: 16,
  maxFps: 240,
});

/** A violated limit, the value of the source, and the allowed value. */
export interface LimitViolation {
  readonly limit: keyof SourceLimits;
  readonly found: number;
  readonly allowed: number;
}

/** The properties with limits. The stored size and the number of streams are unknown outside of the worker. */
type LimitedSource = Pick<SourceProbe, 'durationMs' | 'width' | 'height' | 'frameRate'> &
  Partial<Pick<SourceProbe, 'storedWidth' | 'storedHeight' | 'streamCount'>>;

/**
 * Finds a limit that a source violates. Checks both the stored and the display size, because a small video can declare a
 * huge display size.
 */
export function findLimitViolation(
  source: LimitedSource,
  limits: SourceLimits = SOURCE_LIMITS,
): LimitViolation | undefined {
  const { width, height, storedWidth = width, storedHeight = height } = source;
  const sides = [width, height, storedWidth, storedHeight];
  const longSide = Math.max(...sides);
  const shortSide = Math.min(...sides);
  const aspect = Math.max(width / height, height / width);
  const fps = source.frameRate.numerator / source.frameRate.denominator;
  const { durationMs = limits.minDurationMs, streamCount = 1 } = source;

  const checks: readonly (LimitViolation & { readonly isExceeded: boolean })[] = [
    {
      limit: 'maxStreams',
      found: streamCount,
      allowed: limits.maxStreams,
      isExceeded: streamCount > limits.maxStreams,
    },
    { limit: 'maxSidePx', found: longSide, allowed: limits.maxSidePx, isExceeded: longSide > limits.maxSidePx },
    { limit: 'minSidePx', found: shortSide, allowed: limits.minSidePx, isExceeded: shortSide < limits.minSidePx },
    { limit: 'maxAspect', found: aspect, allowed: limits.maxAspect, isExceeded: aspect > limits.maxAspect },
    { limit: 'maxFps', found: fps, allowed: limits.maxFps, isExceeded: fps > limits.maxFps },
    {
      limit: 'maxDurationMs',
      found: durationMs,
      allowed: limits.maxDurationMs,
      isExceeded: durationMs > limits.maxDurationMs,
    },
    {
      limit: 'minDurationMs',
      found: durationMs,
      allowed: limits.minDurationMs,
      isExceeded: durationMs < limits.minDurationMs,
    },
  ];
  const violation = checks.find(({ isExceeded }) => isExceeded);
  return violation && { limit: violation.limit, found: violation.found, allowed: violation.allowed };
}
