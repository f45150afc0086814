/** The bytes from `offset` to `offset + length - 1` of an object. */
export interface ByteRange {
  readonly offset: number;
  readonly length: number;
}

/** A section of a rendition that clients can fetch and decode separately, with the init segment. */
export interface MediaSegment {
  readonly durationUs: number;
  readonly byteRange: ByteRange;
}

/** Returns the total duration of segments in microseconds. */
export function totalDurationUs(segments: readonly MediaSegment[]): number {
  return segments.reduce((sum, { durationUs }) => sum + durationUs, 0);
}
