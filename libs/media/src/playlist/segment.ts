/** Bytes `offset` to `offset + length - 1` of an object. */
export interface ByteRange {
  readonly offset: number;
  readonly length: number;
}

/** A part of a rendition that can be fetched and decoded on its own, with the init segment. */
export interface MediaSegment {
  readonly durationUs: number;
  readonly byteRange: ByteRange;
}

/** How long segments last together, in microseconds. */
export function totalDurationUs(segments: readonly MediaSegment[]): number {
  return segments.reduce((sum, { durationUs }) => sum + durationUs, 0);
}
