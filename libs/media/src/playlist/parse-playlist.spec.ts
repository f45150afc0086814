import { parseSingleFilePlaylist } from './parse-playlist.js';

const WRITTEN_BY_FFMPEG = `#EXTM3U
#EXT-X-VERSION:7
#EXT-X-TARGETDURATION:4
#EXT-X-MEDIA-SEQUENCE:0
#EXT-X-PLAYLIST-TYPE:VOD
#EXT-X-MAP:URI="rendition.mp4",BYTERANGE="862@0"
#EXTINF:4.004000,
#EXT-X-BYTERANGE:185273@862
rendition.mp4
#EXTINF:1.001000,
#EXT-X-BYTERANGE:62005@186135
rendition.mp4
#EXT-X-ENDLIST
`;

describe('parseSingleFilePlaylist', () => {
  it('returns byte ranges and durations', () => {
    expect(parseSingleFilePlaylist(WRITTEN_BY_FFMPEG)).toEqual({
      initSegment: { offset: 0, length: 862 },
      segments: [
        { durationUs: 4_004_000, byteRange: { offset: 862, length: 185_273 } },
        { durationUs: 1_001_000, byteRange: { offset: 186_135, length: 62_005 } },
      ],
    });
  });

  it.each([
    ['no end', WRITTEN_BY_FFMPEG.replace('#EXT-X-ENDLIST\n', ''), 'not finished'],
    ['no init segment', WRITTEN_BY_FFMPEG.replace(/#EXT-X-MAP.*\n/, ''), 'no init segment'],
    ['a gap', WRITTEN_BY_FFMPEG.replace('@186135', '@186136'), 'gap in the playlist at byte 186135'],
    ['an empty segment', WRITTEN_BY_FFMPEG.replace('62005@', '0@'), 'gap'],
    [
      'a second file',
      WRITTEN_BY_FFMPEG.replace('rendition.mp4\n#EXT-X-ENDLIST', 'b.mp4\n#EXT-X-ENDLIST'),
      'several files',
    ],
    ['no segments', '#EXTM3U\n#EXT-X-ENDLIST\n', 'no init segment'],
    ['nothing', '', 'not finished'],
  ])('rejects a playlist with %s', (_what, text, reason) => {
    expect(() => parseSingleFilePlaylist(text)).toThrow(reason);
  });
});
