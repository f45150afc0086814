import { framesPerSecond, type FrameRate } from '../ladder/frame-rate.js';

/** Standard frame rates of cameras and editing software. */
const STANDARD_RATES: readonly FrameRate[] = [
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
/** Maximum difference between the two rates of a constant stream. The duration of the last frame is often an estimate. */
const CONSTANT_TOLERANCE = 0.01;

/**
 * Chooses the output frame rate of a stream. If ffprobe's lowest common rate and average rate agree, the stream has a
 * constant rate and keeps it. If they differ, the rate is variable: the average, rounded up to a standard rate, preserves
 * motion. If only one of them is known, the stream keeps that one. If neither is known, the rate is 30.
 *
 * @param lowestCommon `r_frame_rate`: `30000/1001`
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
    return { frameRate: roundUpToStandard(mean), hasVariableFrameRate: true };
  }
  return { frameRate: mean ?? constant ?? FALLBACK, hasVariableFrameRate: mean === undefined };
}

function roundUpToStandard(rate: FrameRate): FrameRate {
  const minFps = framesPerSecond(rate) * (1 - CONSTANT_TOLERANCE);
  return STANDARD_RATES.find((standard) => framesPerSecond(standard) >= minFps) ?? rate;
}

function parseFraction(text: string | undefined): FrameRate | undefined {
  const [numerator = 0, denominator = 0] = (text ?? '').split('/').map(Number);
  return numerator > 0 && denominator > 0 ? { numerator, denominator } : undefined;
}
