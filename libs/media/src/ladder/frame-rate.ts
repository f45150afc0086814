/** Frames a second as a fraction: 30000/1001. */
export interface FrameRate {
  readonly numerator: number;
  readonly denominator: number;
}

const MAX_FPS = 30;
/** Below this a halved rate stutters more than dropping single frames does. */
const MIN_DIVIDED_FPS = 23;
/** Slide shows: a segment could not begin where it should without frames to begin with. */
const MIN_FPS = 10;

/** The fraction as a number: 29.97. */
export function framesPerSecond({ numerator, denominator }: FrameRate): number {
  return numerator / denominator;
}

/**
 * The rate that all rungs of a source have: its own where that is 10 to 30, else a whole fraction of it (60 -> 30,
 * 50 -> 25), else the bound itself.
 *
 * @throws RangeError when the rate is not a positive number
 */
export function capFrameRate(rate: FrameRate): FrameRate {
  const fps = framesPerSecond(rate);
  if (!(fps > 0) || !Number.isFinite(fps)) throw new RangeError(`no frame rate: ${rate.numerator}/${rate.denominator}`);
  if (fps < MIN_FPS) return { numerator: MIN_FPS, denominator: 1 };
  // Cameras write 30.002 and mean 30: a hair above the bound is no reason to halve.
  const divisor = Math.ceil(fps / MAX_FPS - 0.005);
  if (divisor <= 1) return reduced(rate);
  if (fps / divisor < MIN_DIVIDED_FPS) return { numerator: MAX_FPS, denominator: 1 };
  return reduced({ numerator: rate.numerator, denominator: rate.denominator * divisor });
}

function reduced({ numerator, denominator }: FrameRate): FrameRate {
  const divisor = greatestCommonDivisor(numerator, denominator);
  return { numerator: numerator / divisor, denominator: denominator / divisor };
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}
