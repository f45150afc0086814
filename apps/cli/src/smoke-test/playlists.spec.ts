import { findFirstSegment, parseMediaPlaylistUris } from './playlists.js';

describe('playlists', () => {
  it('returns the URIs of the video and audio playlists', () => {
    const master = [
      '#EXTM3U',
      '#EXT-X-VERSION:7',
      '#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="audio",NAME="main",URI="renditions/a.m3u8?token=t"',
      '#EXT-X-STREAM-INF:BANDWIDTH=400000,AUDIO="audio"',
      'renditions/v.m3u8?token=t',
      '',
    ].join('\n');
    expect(parseMediaPlaylistUris(master)).toEqual({
      video: ['renditions/v.m3u8?token=t'],
      audio: ['renditions/a.m3u8?token=t'],
    });
  });

  it('returns the byte range of the first segment', () => {
    const media = '#EXTM3U\n#EXT-X-MAP:URI="m.mp4",BYTERANGE="700@0"\n#EXTINF:4.0,\n#EXT-X-BYTERANGE:900@700\nm.mp4\n';
    expect(findFirstSegment(media)).toEqual({ uri: 'm.mp4', length: 900, offset: 700 });
    expect(findFirstSegment('#EXTM3U\n#EXT-X-ENDLIST\n')).toBeUndefined();
  });

  it('rejects a response that is not a playlist', () => {
    expect(() => parseMediaPlaylistUris('<html>')).toThrow('not a playlist');
  });
});
