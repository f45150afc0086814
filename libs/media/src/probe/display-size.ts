import type { ProbedStream } from './probe-json.js';

interface DisplaySize {
  readonly width: number;
  readonly height: number;
  readonly storedWidth: number;
  readonly storedHeight: number;
}

/**
 * Returns the display size of a stream in square pixels: the sample aspect ratio scales the width, and a rotation by 90 or
 * 270 degrees swaps the sides. Undefined if the stream has no size.
 */
export function displaySize(stream: ProbedStream): DisplaySize | undefined {
  const { width: storedWidth = 0, height: storedHeight = 0 } = stream;
  if (storedWidth <= 0 || storedHeight <= 0) return undefined;
  const width = Math.max(1, Math.round(storedWidth * parseSampleAspect(stream.sample_aspect_ratio)));
  const isRotated = Math.abs(Math.round(rotationDegrees(stream) / 90)) % 2 === 1;
  return isRotated
    ? { width: storedHeight, height: width, storedWidth, storedHeight }
    : { width, height: storedHeight, storedWidth, storedHeight };
}

/** Parses `4:3`. ffprobe writes `0:1` or nothing if the ratio is unknown, which means square. */
function parseSampleAspect(text: string | undefined): number {
  const [across = 0, down = 0] = (text ?? '').split(':').map(Number);
  return across > 0 && down > 0 ? across / down : 1;
}

function rotationDegrees(stream: ProbedStream): number {
  return stream.side_data_list?.find(({ rotation }) => rotation !== undefined)?.rotation ?? 0;
}
