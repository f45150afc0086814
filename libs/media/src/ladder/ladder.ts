import { capFrameRate, type FrameRate } from './frame-rate.js';
import { h264Level, videoCodecs } from './h264-level.js';
import { peakBitrateBps } from './peak-bitrate.js';

/** A picture as it is shown: rotation and sample aspect ratio applied. */
export interface LadderSource {
  readonly width: number;
  readonly height: number;
  readonly frameRate: FrameRate;
}

/** One step of the ladder. Square pixels, even sides. */
export interface Rung {
  /** The short side: `480p`. One of 240p to 1080p, or the source's own where that is smaller. */
  readonly name: `${number}p`;
  readonly width: number;
  readonly height: number;
  /** Average aimed at. */
  readonly bitrateBps: number;
  readonly frameRate: FrameRate;
  /** H.264 level times ten: 31. */
  readonly level: number;
  /** As a master playlist names it: `avc1.64001F`. */
  readonly codecs: string;
}

export interface AudioRendition {
  readonly name: 'audio';
  readonly bitrateBps: number;
  readonly channels: number;
  readonly sampleRateHz: number;
  readonly codecs: string;
}

/** The one audio rendition of each film: AAC-LC stereo. */
export const AUDIO_RENDITION: AudioRendition = Object.freeze({
  name: 'audio',
  bitrateBps: 128_000,
  channels: 2,
  sampleRateHz: 48_000,
  codecs: 'mp4a.40.2',
});

/** Short side in pixels, and the bit rate that a 16:9 picture of it gets. */
const STEPS = [
  { shortSide: 240, bitrateBps: 400_000 },
  { shortSide: 360, bitrateBps: 800_000 },
  { shortSide: 480, bitrateBps: 1_400_000 },
  { shortSide: 720, bitrateBps: 2_800_000 },
  { shortSide: 1080, bitrateBps: 5_000_000 },
] as const;

const MIN_BITRATE_BPS = 100_000;

/**
 * The renditions to make of a source, lowest first: each standard short side that the source reaches, never one that
 * would enlarge it. A source under 240p gets a single rung of its own size. Bit rates follow the number of pixels, so a
 * square or a very wide picture does not starve or waste.
 *
 * @throws RangeError when a side is under 2 px, or the frame rate is no rate
 */
export function planLadder(source: LadderSource): Rung[] {
  const shortSource = Math.min(source.width, source.height);
  if (!(shortSource >= 2)) throw new RangeError(`nothing to show: ${source.width}x${source.height}`);
  const reached = STEPS.filter((step) => step.shortSide <= shortSource);
  const steps = reached.length > 0 ? reached : [STEPS[0]];
  return steps.map((step) => rung(source, step));
}

function rung(source: LadderSource, step: (typeof STEPS)[number]): Rung {
  const shortSource = Math.min(source.width, source.height);
  const longSource = Math.max(source.width, source.height);
  const shortSide = Math.min(step.shortSide, evenBelow(shortSource));
  const longSide = Math.min(2 * Math.round((shortSide * longSource) / shortSource / 2), evenBelow(longSource));
  const isPortrait = source.height > source.width;
  const [width, height] = isPortrait ? [shortSide, longSide] : [longSide, shortSide];

  const frameRate = capFrameRate(source.frameRate);
  const bitrateBps = bitrateFor(step, width * height);
  const level = h264Level(width, height, frameRate, peakBitrateBps(bitrateBps));
  return { name: `${shortSide}p`, width, height, bitrateBps, frameRate, level, codecs: videoCodecs(level) };
}

function bitrateFor(step: (typeof STEPS)[number], pixels: number): number {
  const wideScreenPixels = (step.shortSide * step.shortSide * 16) / 9;
  return Math.max(MIN_BITRATE_BPS, 10_000 * Math.round((step.bitrateBps * pixels) / wideScreenPixels / 10_000));
}

function evenBelow(pixels: number): number {
  return pixels - (pixels % 2);
}
