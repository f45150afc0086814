import type { ProbedStream } from './probe-json.js';

interface ShownSize {
  readonly width: number;
  readonly height: number;
  readonly storedWidth: number;
  readonly storedHeight: number;
}

/**
 * How large a stream is shown, in square pixels: a sample aspect ratio stretches the width, a quarter turn swaps the
 * sides. Undefined where there is no size.
 */
export function displaySize(stream: ProbedStream): ShownSize | undefined {
  const { width: storedWidth = 0, height: storedHeight = 0 } = stream;
  if (storedWidth <= 0 || storedHeight <= 0) return undefined;
  const width = Math.max(1, Math.round(storedWidth * sampleAspect(stream.sample_aspect_ratio)));
  const isTurned = Math.abs(Math.round(rotationDegrees(stream) / 90)) % 2 === 1;
  return isTurned
    ? { width: storedHeight, height: width, storedWidth, storedHeight }
    : { width, height: storedHeight, storedWidth, storedHeight };
}

/** `4:3`; ffprobe writes `0:1` or nothing where it is not known, which means square. */
function sampleAspect(text: string | undefined): number {
  const [across = 0, down = 0] = (text ?? '').split(':').map(Number);
  return across > 0 && down > 0 ? across / down : 1;
}

function rotationDegrees(stream: ProbedStream): number {
  return stream.side_data_list?.find(({ rotation }) => rotation !== undefined)?.rotation ?? 0;
}
