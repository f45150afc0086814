import { framesPerSecond, type FrameRate } from '../ladder/frame-rate.js';

/** Rates that cameras and editors mean. */
const COMMON: readonly FrameRate[] = [
  { numerator: 10, denominator: 1 },
  { numerator: 12, denominator: 1 },
  { numerator: 15, denominator: 1 },
  { numerator: 24_000, denominator: 1001 },
  { numerator: 24, denominator: 1 },
  { numerator: 25, denominator: 1 },
  { numerator: 30_000, denominator: 1001 },
  { numerator: 30, denominator: 1 },
];

const FALLBACK: FrameRate = { numerator: 30, denominator: 1 };
/** How far apart the two rates of a constant stream may be: the last frame's duration is often a guess. */
const CONSTANT_TOLERANCE = 0.01;

/**
 * The rate to give a stream. Where ffprobe's lowest common rate and its average agree the stream is constant and keeps
 * the former. Else it is variable: its average, rounded up to a rate that players know, keeps its motion.
 *
 * @param lowestCommon `r_frame_rate`, as `30000/1001`
 * @param average `avg_frame_rate`
 */
export function chooseFrameRate(
  lowestCommon: string | undefined,
  average: string | undefined,
): { readonly frameRate: FrameRate; readonly hasVariableFrameRate: boolean } {
  const constant = parseFraction(lowestCommon);
  const mean = parseFraction(average);
  if (constant && mean) {
    const ratio = framesPerSecond(constant) / framesPerSecond(mean);
    if (Math.abs(ratio - 1) <= CONSTANT_TOLERANCE) return { frameRate: constant, hasVariableFrameRate: false };
    return { frameRate: commonAtLeast(mean), hasVariableFrameRate: true };
  }
  return { frameRate: mean ?? constant ?? FALLBACK, hasVariableFrameRate: mean === undefined };
}

function commonAtLeast(rate: FrameRate): FrameRate {
  const wanted = framesPerSecond(rate) * (1 - CONSTANT_TOLERANCE);
  return COMMON.find((common) => framesPerSecond(common) >= wanted) ?? rate;
}

function parseFraction(text: string | undefined): FrameRate | undefined {
  const [numerator = 0, denominator = 0] = (text ?? '').split('/').map(Number);
  return numerator > 0 && denominator > 0 ? { numerator, denominator } : undefined;
}
