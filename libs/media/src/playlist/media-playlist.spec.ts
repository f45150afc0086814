import { mediaPlaylist } from './media-playlist.js';
import { parseSingleFilePlaylist } from './parse-playlist.js';

const RENDITION = {
  initSegment: { offset: 0, length: 862 },
  segments: [
    { durationUs: 4_004_000, byteRange: { offset: 862, length: 185_273 } },
    { durationUs: 1_001_000, byteRange: { offset: 186_135, length: 62_005 } },
  ],
};

describe('mediaPlaylist', () => {
  it('returns the exact playlist of a rendition', () => {
    const url = 'https://s3.example/viernes/renditions/7.mp4?signature=a%2Bb&expires=60';
    expect(mediaPlaylist({ url, ...RENDITION })).toBe(`#EXTM3U
#EXT-X-VERSION:7
#EXT-X-TARGETDURATION:4
#EXT-X-MEDIA-SEQUENCE:0
#EXT-X-PLAYLIST-TYPE:VOD
#EXT-X-INDEPENDENT-SEGMENTS
#EXT-X-MAP:URI="${url}",BYTERANGE="862@0"
#EXTINF:4.004000,
#EXT-X-BYTERANGE:185273@862
${url}
#EXTINF:1.001000,
#EXT-X-BYTERANGE:62005@186135
${url}
#EXT-X-ENDLIST
`);
  });

  it('creates a playlist that parses to the same segments', () => {
    expect(parseSingleFilePlaylist(mediaPlaylist({ url: 'a.mp4', ...RENDITION }))).toEqual(RENDITION);
  });

  it.each([
    [[4_499_999, 4_000_000], 4],
    [[4_500_000], 5],
    [[300_000], 1],
    [[10_000_000, 400_000], 10],
  ])('rounds segments of %j us to a target duration of %d s', (durationsUs, target) => {
    const segments = durationsUs.map((durationUs) => ({ durationUs, byteRange: { offset: 1, length: 1 } }));
    const text = mediaPlaylist({ url: 'a.mp4', initSegment: { offset: 0, length: 1 }, segments });
    expect(text).toContain(`#EXT-X-TARGETDURATION:${target}\n`);
  });

  it.each(['a"b', 'a\nb', 'a\rb'])('throws a RangeError for the URL %j', (url) => {
    expect(() => mediaPlaylist({ url, ...RENDITION })).toThrow(RangeError);
  });
});
