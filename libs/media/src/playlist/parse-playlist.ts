import { Parser } from 'm3u8-parser';
import type { ByteRange, MediaSegment } from './segment.js';

/** What ffmpeg's playlist says about the one file beside it. */
export interface SingleFilePlaylist {
  readonly initSegment: ByteRange;
  readonly segments: readonly MediaSegment[];
}

/**
 * Reads the playlist that ffmpeg writes beside a single-file rendition.
 *
 * @throws Error where it is not finished, not of one file, or its ranges do not follow each other from byte 0 on: such a
 *   rendition must not be published
 */
export function parseSingleFilePlaylist(text: string): SingleFilePlaylist {
  const parser = new Parser();
  parser.push(text);
  parser.end();
  const { segments: parsed = [], endList } = parser.manifest;
  const initSegment = parsed[0]?.map?.byterange;
  if (!endList) throw new Error('the playlist has no end');
  if (!initSegment) throw new Error('the playlist has no init segment');

  let nextOffset = 0;
  const follow = ({ offset, length }: ByteRange): ByteRange => {
    if (offset !== nextOffset || !(length > 0)) throw new Error(`a gap in the playlist at byte ${nextOffset}`);
    nextOffset = offset + length;
    return { offset, length };
  };
  const init = follow(initSegment);
  const segments = parsed.map(({ uri, duration, byterange }) => {
    if (uri !== parsed[0]?.uri || !byterange) throw new Error('the playlist is not of one file');
    return { durationUs: Math.round(duration * 1_000_000), byteRange: follow(byterange) };
  });
  return { initSegment: init, segments };
}
