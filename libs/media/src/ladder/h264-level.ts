import { framesPerSecond, type FrameRate } from './frame-rate.js';

interface LevelLimits {
  /** Level number times ten. */
  readonly level: number;
  readonly maxMacroblocksPerSecond: number;
  readonly maxMacroblocks: number;
  /** For the High profile: 1.25 times that of the Main profile. */
  readonly maxBitrateBps: number;
}

/** Some levels of ITU-T H.264 table A-1. None is below 2.1, which every player supports. */
const LEVELS: readonly LevelLimits[] = [
  { level: 21, maxMacroblocksPerSecond: 19_800, maxMacroblocks: 792, maxBitrateBps: 5_000_000 },
  { level: 30, maxMacroblocksPerSecond: 40_500, maxMacroblocks: 1_620, maxBitrateBps: 12_500_000 },
  { level: 31, maxMacroblocksPerSecond: 108_000, maxMacroblocks: 3_600, maxBitrateBps: 17_500_000 },
  { level: 40, maxMacroblocksPerSecond: 245_760, maxMacroblocks: 8_192, maxBitrateBps: 25_000_000 },
  { level: 51, maxMacroblocksPerSecond: 983_040, maxMacroblocks: 36_864, maxBitrateBps: 300_000_000 },
];

const HIGH_PROFILE_IDC = '64';

/**
 * Returns the lowest of these H.264 levels for a size, frame rate, and bit rate, times ten: 31.
 *
 * @throws RangeError if none is sufficient, for example for a side over 8688 px
 * @see ITU-T H.264 A.3.1: a side has at most sqrt(8 * maxMacroblocks) macroblocks
 */
export function h264Level(width: number, height: number, frameRate: FrameRate, maxBitrateBps: number): number {
  const columns = Math.ceil(width / 16);
  const rows = Math.ceil(height / 16);
  const macroblocks = columns * rows;
  const lowest = LEVELS.find(
    (limits) =>
      macroblocks <= limits.maxMacroblocks &&
      macroblocks * framesPerSecond(frameRate) <= limits.maxMacroblocksPerSecond &&
      Math.max(columns, rows) <= Math.sqrt(8 * limits.maxMacroblocks) &&
      maxBitrateBps <= limits.maxBitrateBps,
  );
  if (!lowest) throw new RangeError(`no H.264 level for ${width}x${height}`);
  return lowest.level;
}

/**
 * Returns the `CODECS` string of H.264 High at a level: `avc1.64001F` for 31.
 *
 * @param level times ten
 * @see RFC 6381 section 3.3: profile_idc, constraint flags and level_idc in hexadecimal
 */
export function videoCodecs(level: number): string {
  return `avc1.${HIGH_PROFILE_IDC}00${level.toString(16).padStart(2, '0').toUpperCase()}`;
}
