import { masterPlaylist, type AudioTrack, type VideoVariant } from './master-playlist.js';

const LOW: VideoVariant = {
  uri: 'renditions/1.m3u8?token=t',
  bandwidthBps: 480_000,
  averageBandwidthBps: 400_000,
  width: 426,
  height: 240,
  frameRate: { numerator: 30_000, denominator: 1001 },
  codecs: 'avc1.640015',
};
const HIGH: VideoVariant = {
  ...LOW,
  uri: 'renditions/2.m3u8?token=t',
  bandwidthBps: 3_000_000,
  averageBandwidthBps: 2_800_000,
  width: 1280,
  height: 720,
  frameRate: { numerator: 24, denominator: 1 },
  codecs: 'avc1.64001F',
};
const AUDIO: AudioTrack = {
  uri: 'renditions/3.m3u8?token=t',
  bandwidthBps: 130_000,
  averageBandwidthBps: 128_000,
  channels: 2,
  codecs: 'mp4a.40.2',
};

describe('masterPlaylist', () => {
  it('refers to the audio rendition in every variant, and includes it in the bandwidth', () => {
    expect(masterPlaylist({ videos: [LOW, HIGH], audio: AUDIO })).toBe(`#EXTM3U
#EXT-X-VERSION:7
#EXT-X-INDEPENDENT-SEGMENTS
#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="audio",NAME="Original",DEFAULT=YES,AUTOSELECT=YES,CHANNELS="2",URI="renditions/3.m3u8?token=t"
#EXT-X-STREAM-INF:BANDWIDTH=610000,AVERAGE-BANDWIDTH=528000,CODECS="avc1.640015,mp4a.40.2",RESOLUTION=426x240,FRAME-RATE=29.970,AUDIO="audio"
renditions/1.m3u8?token=t
#EXT-X-STREAM-INF:BANDWIDTH=3130000,AVERAGE-BANDWIDTH=2928000,CODECS="avc1.64001F,mp4a.40.2",RESOLUTION=1280x720,FRAME-RATE=24.000,AUDIO="audio"
renditions/2.m3u8?token=t
`);
  });

  it('omits the audio group without an audio rendition', () => {
    expect(masterPlaylist({ videos: [HIGH] })).toBe(`#EXTM3U
#EXT-X-VERSION:7
#EXT-X-INDEPENDENT-SEGMENTS
#EXT-X-STREAM-INF:BANDWIDTH=3000000,AVERAGE-BANDWIDTH=2800000,CODECS="avc1.64001F",RESOLUTION=1280x720,FRAME-RATE=24.000
renditions/2.m3u8?token=t
`);
  });

  it('throws a RangeError for a URI with a line break or a quote', () => {
    expect(() => masterPlaylist({ videos: [{ ...LOW, uri: 'a\n#EXT-X-KEY' }] })).toThrow(RangeError);
    expect(() => masterPlaylist({ videos: [LOW], audio: { ...AUDIO, uri: 'a",X="' } })).toThrow(RangeError);
  });
});
