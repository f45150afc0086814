import { measureArguments, probeArguments } from '../probe/probe-arguments.js';
import { audioArguments, parseProgress, videoArguments, type EncodeJob } from './encode-arguments.js';

const JOB: EncodeJob = {
  sourcePath: '/scratch/source',
  demuxer: 'matroska',
  durationMs: 30_000,
  playlistName: 'rendition.m3u8',
  mediaName: 'rendition.mp4',
  threads: 2,
};
const RUNG = {
  width: 1280,
  height: 720,
  bitrateBps: 2_800_000,
  frameRate: { numerator: 30_000, denominator: 1001 },
  level: 31,
};

describe('videoArguments', () => {
  it('returns the exact ffmpeg arguments for a video rendition', () => {
    expect(videoArguments(JOB, RUNG).join(' ')).toBe(
      '-hide_banner -v error -nostdin -nostats -progress pipe:1 -y -filter_threads 2 -threads 2 ' +
        '-protocol_whitelist file,pipe -f matroska -i file:/scratch/source ' +
        '-map 0:V:0 -an -vf bwdif=mode=send_frame:deint=interlaced,fps=fps=30000/1001:start_time=0,' +
        'scale=1280:720:flags=bicubic,setsar=1,format=yuv420p ' +
        '-c:v libx264 -preset veryfast -profile:v high -level:v 3.1 -b:v 2800000 -maxrate 3360000 -bufsize 6720000 ' +
        '-g 240 -sc_threshold 0 -force_key_frames expr:gte(t,n_forced*4) -avoid_negative_ts disabled ' +
        '-threads 2 -sn -dn -map_metadata -1 -map_chapters -1 -t 40.000 -fs 37794304 ' +
        '-f hls -hls_time 4 -hls_list_size 0 -hls_playlist_type vod -hls_segment_type fmp4 -hls_flags single_file ' +
        '-hls_segment_filename rendition.mp4 rendition.m3u8',
    );
  });
});

describe('audioArguments', () => {
  it('returns the exact ffmpeg arguments for an audio rendition', () => {
    expect(audioArguments({ ...JOB, demuxer: 'mov' }, { bitrateBps: 128_000, channels: 2 }).join(' ')).toBe(
      '-hide_banner -v error -nostdin -nostats -progress pipe:1 -y -filter_threads 2 -threads 2 ' +
        '-protocol_whitelist file,pipe -f mov -i file:/scratch/source ' +
        '-map 0:a:0 -vn -af aresample=48000:async=1:first_pts=0,atrim=start_sample=1024,asetpts=PTS-STARTPTS ' +
        '-c:a aac -b:a 128000 -ac 2 -ar 48000 -hls_segment_options use_editlist=0 ' +
        '-threads 2 -sn -dn -map_metadata -1 -map_chapters -1 -t 40.000 -fs 5474304 ' +
        '-f hls -hls_time 4 -hls_list_size 0 -hls_playlist_type vod -hls_segment_type fmp4 -hls_flags single_file ' +
        '-hls_segment_filename rendition.mp4 rendition.m3u8',
    );
  });
});

describe('arguments that open a source', () => {
  it.each([
    ['probeArguments', probeArguments('/scratch/-i', 'mov')],
    ['measureArguments', measureArguments('/scratch/-i', 'mov')],
  ])('%s returns the format, the allowed protocols, and the file as a URL', (_name, list) => {
    const at = list.indexOf('-i');
    expect(list.slice(at - 4, at + 2)).toEqual([
      '-protocol_whitelist',
      'file,pipe',
      '-f',
      'mov',
      '-i',
      'file:/scratch/-i',
    ]);
    expect(list.lastIndexOf('-i')).toBe(at);
  });
});

describe('parseProgress', () => {
  it.each([
    ['out_time_us=1234567', { positionMs: 1234 }],
    ['out_time_us=0', { positionMs: 0 }],
    ['out_time_us=N/A', undefined],
    ['out_time_us=-9223372036854775807', undefined],
    ['out_time_ms=1234567', undefined],
    ['out_time=00:00:01.234567', undefined],
    ['progress=continue', undefined],
    ['', undefined],
  ])('parses the line %j to %j', (line, expected) => {
    expect(parseProgress(line)).toEqual(expected);
  });
});
