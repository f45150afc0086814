import { Parser } from 'm3u8-parser';
import type { ByteRange, MediaSegment } from './segment.js';

/** The contents of a playlist whose segments are byte ranges of one file. */
export interface SingleFilePlaylist {
  readonly initSegment: ByteRange;
  readonly segments: readonly MediaSegment[];
}

/**
 * Parses the playlist that ffmpeg writes for a single-file rendition.
 *
 * @throws Error if the playlist is unfinished, has no init segment, or refers to several files, or if its ranges are not
 * contiguous from byte 0. Such a rendition must not be published
 */
export function parseSingleFilePlaylist(text: string): SingleFilePlaylist {
  const parser = new Parser();
  parser.push(text);
  parser.end();
  const { segments: parsed = [], endList } = parser.manifest;
  const initSegment = parsed[0]?.map?.byterange;
  if (!endList) throw new Error('the playlist is not finished');
  if (!initSegment) throw new Error('the playlist has no init segment');

  let nextOffset = 0;
  const append = ({ offset, length }: ByteRange): ByteRange => {
    if (offset !== nextOffset || !(length > 0)) throw new Error(`a gap in the playlist at byte ${nextOffset}`);
    nextOffset = offset + length;
    return { offset, length };
  };
  const init = append(initSegment);
  const segments = parsed.map(({ uri, duration, byterange }) => {
    if (uri !== parsed[0]?.uri || !byterange) throw new Error('the playlist refers to several files');
    return { durationUs: Math.round(duration * 1_000_000), byteRange: append(byterange) };
  });
  return { initSegment: init, segments };
}
