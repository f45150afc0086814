/** How often a segment begins, in each rendition alike: short enough to start quickly, long enough to compress. */
export const SEGMENT_SECONDS = 4;
