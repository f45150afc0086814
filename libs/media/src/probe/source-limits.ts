import type { SourceProbe } from './parse-probe.js';

/** What a source may be at most (or, for the shortest side and the duration, at least). */
export interface SourceBounds {
  readonly maxDurationMs: number;
  readonly minDurationMs: number;
  readonly maxSidePx: number;
  readonly minSidePx: number;
  /** Long side by short side. */
  readonly maxAspect: number;
  readonly maxStreams: number;
  readonly maxFps: number;
}

export const SOURCE_LIMITS: SourceBounds = Object.freeze({
  maxDurationMs: 4 * 60 * 60 * 1000,
  minDurationMs: 100,
  // Decoding takes memory by the pixel: 8192 a side took ffmpeg 4 GB for one film of two seconds.
  maxSidePx: 4096,
  minSidePx: 16,
  maxAspect: 8,
  maxStreams: 16,
  maxFps: 240,
});

/** Which bound a source crosses, what it has and what it may have. */
export interface LimitViolation {
  readonly bound: keyof SourceBounds;
  readonly found: number;
  readonly allowed: number;
}

/**
 * Looks at stored and at shown sizes: a small picture that asks to be shown huge is refused like a huge one.
 *
 * @returns the first bound that is crossed, or undefined
 */
export function findBoundFault(source: SourceProbe, bounds: SourceBounds = SOURCE_LIMITS): LimitViolation | undefined {
  const sides = [source.width, source.height, source.storedWidth, source.storedHeight];
  const longSide = Math.max(...sides);
  const shortSide = Math.min(...sides);
  const aspect = Math.max(source.width / source.height, source.height / source.width);
  const fps = source.frameRate.numerator / source.frameRate.denominator;
  const { durationMs = bounds.minDurationMs, streamCount } = source;

  const crossed: readonly (LimitViolation & { readonly isCrossed: boolean })[] = [
    { bound: 'maxStreams', found: streamCount, allowed: bounds.maxStreams, isCrossed: streamCount > bounds.maxStreams },
    { bound: 'maxSidePx', found: longSide, allowed: bounds.maxSidePx, isCrossed: longSide > bounds.maxSidePx },
    { bound: 'minSidePx', found: shortSide, allowed: bounds.minSidePx, isCrossed: shortSide < bounds.minSidePx },
    { bound: 'maxAspect', found: aspect, allowed: bounds.maxAspect, isCrossed: aspect > bounds.maxAspect },
    { bound: 'maxFps', found: fps, allowed: bounds.maxFps, isCrossed: fps > bounds.maxFps },
    {
      bound: 'maxDurationMs',
      found: durationMs,
      allowed: bounds.maxDurationMs,
      isCrossed: durationMs > bounds.maxDurationMs,
    },
    {
      bound: 'minDurationMs',
      found: durationMs,
      allowed: bounds.minDurationMs,
      isCrossed: durationMs < bounds.minDurationMs,
    },
  ];
  const fault = crossed.find(({ isCrossed }) => isCrossed);
  return fault && { bound: fault.bound, found: fault.found, allowed: fault.allowed };
}
