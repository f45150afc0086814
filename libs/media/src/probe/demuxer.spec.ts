import { isDemuxer, SNIFF_BYTES, sniffDemuxer } from './demuxer.js';

function start(text: string): Uint8Array {
  return Buffer.from(text, 'latin1').subarray(0, SNIFF_BYTES);
}

describe('sniffDemuxer', () => {
  it.each([
    ['an MP4 file', '\0\0\0\x20ftypisom', 'mov'],
    ['an old QuickTime file', '\0\0\0\x08wide\0\0\0\0', 'mov'],
    ['a WebM file', '\x1a\x45\xdf\xa3\x9f\x42\x86\x81', 'matroska'],
    ['an HLS playlist', '#EXTM3U\n#EXT-X-VERSION:3', undefined],
    ['a concat script', 'ffconcat version 1.0\n', undefined],
    ['a playlist with ftyp at another offset', '#EXTM3U ftyp', undefined],
    ['a DASH manifest', '<?xml version="1.0"?>', undefined],
    ['an AVI file', 'RIFF\0\0\0\0AVI ', undefined],
    ['an empty file', '', undefined],
  ])('detects the format of %s if it is supported', (_what, bytes, demuxer) => {
    expect(sniffDemuxer(start(bytes))).toBe(demuxer);
  });

  it('accepts only supported formats as demuxers', () => {
    expect([isDemuxer('mov'), isDemuxer('matroska'), isDemuxer('concat'), isDemuxer('hls')]).toEqual([
      true,
      true,
      false,
      false,
    ]);
  });
});
