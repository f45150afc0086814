/** Frames per second as a fraction: 30000/1001. */
export interface FrameRate {
  readonly numerator: number;
  readonly denominator: number;
}

const MAX_FPS = 30;
/** Below this rate, a divided rate stutters more than dropping single frames. */
const MIN_DIVIDED_FPS = 23;
/** Minimum rate for slide shows, because segments must start with a frame. */
const MIN_FPS = 10;

/** Returns the frame rate as a number: 29.97. */
export function framesPerSecond({ numerator, denominator }: FrameRate): number {
  return numerator / denominator;
}

/**
 * Returns the frame rate of all rungs of a source: its own rate from 10 to 30, otherwise an integer fraction of it (60
 * to 30, 50 to 25), otherwise the nearer limit.
 *
 * @throws RangeError if the rate is not a positive number
 */
export function capFrameRate(rate: FrameRate): FrameRate {
  const fps = framesPerSecond(rate);
  if (!(fps > 0) || !Number.isFinite(fps))
    throw new RangeError(`invalid frame rate: ${rate.numerator}/${rate.denominator}`);
  if (fps < MIN_FPS) return { numerator: MIN_FPS, denominator: 1 };
  // Cameras write 30.002 for 30: such a rate must not be halved.
  const divisor = Math.ceil(fps / MAX_FPS - 0.005);
  if (divisor <= 1) return reduce(rate);
  if (fps / divisor < MIN_DIVIDED_FPS) return { numerator: MAX_FPS, denominator: 1 };
  return reduce({ numerator: rate.numerator, denominator: rate.denominator * divisor });
}

function reduce({ numerator, denominator }: FrameRate): FrameRate {
  const divisor = greatestCommonDivisor(numerator, denominator);
  return { numerator: numerator / divisor, denominator: denominator / divisor };
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}
