import { capFrameRate, type FrameRate } from './frame-rate.js';
import { h264Level, videoCodecs } from './h264-level.js';

/** The display size of a source, with rotation and sample aspect ratio applied, and its frame rate. */
export interface LadderSource {
  readonly width: number;
  readonly height: number;
  readonly frameRate: FrameRate;
}

/** One step of the ladder, with square pixels and even sides. */
export interface Rung {
  /** The short side, from `240p` to `1080p`, or that of a smaller source. */
  readonly name: `${number}p`;
  readonly width: number;
  readonly height: number;
  /** Target average bit rate. */
  readonly bitrateBps: number;
  readonly frameRate: FrameRate;
  /** H.264 level times ten: 31. */
  readonly level: number;
  /** The codec string of a master playlist: `avc1.64001F`. */
  readonly codecs: string;
}

export interface AudioRendition {
  readonly name: 'audio';
  readonly bitrateBps: number;
  readonly channels: number;
  readonly sampleRateHz: number;
  readonly codecs: string;
}

/** The audio rendition of every asset with audio: AAC-LC stereo. */
export const AUDIO_RENDITION: AudioRendition = Object.freeze({
  name: 'audio',
  bitrateBps: 128_000,
  channels: 2,
  sampleRateHz: 48_000,
  codecs: 'mp4a.40.2',
});

/** Short side in pixels, and the bit rate for an aspect ratio of 16:9. */
const STEPS = [
  { shortSide: 240, bitrateBps: 400_000 },
  { shortSide: 360, bitrateBps: 800_000 },
  { shortSide: 480, bitrateBps: 1_400_000 },
  { shortSide: 720, bitrateBps: 2_800_000 },
  { shortSide: 1080, bitrateBps: 5_000_000 },
] as const;

const MIN_BITRATE_BPS = 100_000;
const PEAK_TO_AVERAGE = 1.2;

/** Returns the peak bit rate of a rung. Players on mobile networks size their buffers by it. */
export function peakBitrateBps(averageBps: number): number {
  return Math.round(averageBps * PEAK_TO_AVERAGE);
}

/**
 * Plans the encoding ladder of a source, lowest rung first: every standard short side that does not enlarge the source. A
 * source below 240p gets a single rung of the same size. Bit rates are proportional to the number of pixels, so that the
 * quality does not depend on the aspect ratio.
 *
 * @throws RangeError if a side is under 2 px, the frame rate is invalid, or no H.264 level is sufficient
 */
export function planLadder(source: LadderSource): Rung[] {
  const shortSource = Math.min(source.width, source.height);
  if (!(shortSource >= 2)) throw new RangeError(`invalid size: ${source.width}x${source.height}`);
  const possible = STEPS.filter((step) => step.shortSide <= shortSource);
  const steps = possible.length > 0 ? possible : [STEPS[0]];
  return steps.map((step) => planRung(source, step));
}

function planRung(source: LadderSource, step: (typeof STEPS)[number]): Rung {
  const shortSource = Math.min(source.width, source.height);
  const longSource = Math.max(source.width, source.height);
  const shortSide = Math.min(step.shortSide, roundDownToEven(shortSource));
  const longSide = Math.min(2 * Math.round((shortSide * longSource) / shortSource / 2), roundDownToEven(longSource));
  const isPortrait = source.height > source.width;
  const [width, height] = isPortrait ? [shortSide, longSide] : [longSide, shortSide];

  const frameRate = capFrameRate(source.frameRate);
  const bitrateBps = computeBitrateBps(step, width * height);
  const level = h264Level(width, height, frameRate, peakBitrateBps(bitrateBps));
  return { name: `${shortSide}p`, width, height, bitrateBps, frameRate, level, codecs: videoCodecs(level) };
}

function computeBitrateBps(step: (typeof STEPS)[number], pixels: number): number {
  const wideScreenPixels = (step.shortSide * step.shortSide * 16) / 9;
  return Math.max(MIN_BITRATE_BPS, 10_000 * Math.round((step.bitrateBps * pixels) / wideScreenPixels / 10_000));
}

function roundDownToEven(pixels: number): number {
  return pixels - (pixels % 2);
}
