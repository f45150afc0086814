import { quote, requireSingleLine } from './attribute.js';
import type { ByteRange, MediaSegment } from './segment.js';

export interface MediaPlaylist {
  /** The URL of the object that contains the init segment and all segments. */
  readonly url: string;
  readonly initSegment: ByteRange;
  readonly segments: readonly MediaSegment[];
}

/**
 * Creates the media playlist of a finished rendition in one fragmented MP4 object: every segment is a byte range of `url`.
 *
 * @throws RangeError if the URL is not valid in a playlist
 * @see RFC 8216 sections 4.3.2.2 (byte ranges), 4.3.2.5 (map, since version 6), 4.3.3 (media playlist tags)
 */
export function mediaPlaylist({ url, initSegment, segments }: MediaPlaylist): string {
  const uri = requireSingleLine(url);
  return joinLines([
    '#EXTM3U',
    '#EXT-X-VERSION:7',
    `#EXT-X-TARGETDURATION:${targetDurationSeconds(segments)}`,
    '#EXT-X-MEDIA-SEQUENCE:0',
    '#EXT-X-PLAYLIST-TYPE:VOD',
    '#EXT-X-INDEPENDENT-SEGMENTS',
    `#EXT-X-MAP:URI=${quote(url)},BYTERANGE=${quote(formatByteRange(initSegment))}`,
    ...segments.flatMap((segment) => [
      `#EXTINF:${(segment.durationUs / 1_000_000).toFixed(6)},`,
      `#EXT-X-BYTERANGE:${formatByteRange(segment.byteRange)}`,
      uri,
    ]),
    '#EXT-X-ENDLIST',
  ]);
}

/** Returns the duration of the longest segment, rounded to the nearest second, at least 1. @see RFC 8216 section 4.3.3.1 */
export function targetDurationSeconds(segments: readonly MediaSegment[]): number {
  return segments.reduce((longest, { durationUs }) => Math.max(longest, Math.round(durationUs / 1_000_000)), 1);
}

function formatByteRange({ offset, length }: ByteRange): string {
  return `${length}@${offset}`;
}

function joinLines(rows: readonly string[]): string {
  return `${rows.join('\n')}\n`;
}
