import { firstSegment, playlistUris } from './playlists.js';

describe('playlists', () => {
  it('name their media playlists, of pictures and of sound', () => {
    const master = [
      '#EXTM3U',
      '#EXT-X-VERSION:7',
      '#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="audio",NAME="main",URI="renditions/a.m3u8?token=t"',
      '#EXT-X-STREAM-INF:BANDWIDTH=400000,AUDIO="audio"',
      'renditions/v.m3u8?token=t',
      '',
    ].join('\n');
    expect(playlistUris(master)).toEqual(['renditions/v.m3u8?token=t', 'renditions/a.m3u8?token=t']);
  });

  it('say which bytes the first segment is', () => {
    const media = '#EXTM3U\n#EXT-X-MAP:URI="m.mp4",BYTERANGE="700@0"\n#EXTINF:4.0,\n#EXT-X-BYTERANGE:900@700\nm.mp4\n';
    expect(firstSegment(media)).toEqual({ uri: 'm.mp4', length: 900, offset: 700 });
    expect(firstSegment('#EXTM3U\n#EXT-X-ENDLIST\n')).toBeUndefined();
  });

  it('begin as playlists do', () => {
    expect(() => playlistUris('<html>')).toThrow('no playlist');
  });
});
