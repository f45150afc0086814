import { framesPerSecond, type FrameRate } from '../ladder/frame-rate.js';
import { peakBitrateBps } from '../ladder/ladder.js';
import type { Demuxer } from '../probe/demuxer.js';
import { inputArguments } from '../probe/probe-arguments.js';

export interface EncodeJob {
  readonly sourcePath: string;
  readonly demuxer: Demuxer;
  /** Duration of the source. The output is at most 10 s longer. */
  readonly durationMs: number;
  /** File names without a path. ffmpeg writes both files to its working directory. */
  readonly playlistName: string;
  readonly mediaName: string;
  /** 0 selects ffmpeg's default, which depends on the number of cores. */
  readonly threads: number;
}

/** The video parameters of an encode job. */
export interface VideoEncoding {
  readonly width: number;
  readonly height: number;
  readonly bitrateBps: number;
  readonly frameRate: FrameRate;
  /** H.264 level times ten. */
  readonly level: number;
}

export interface AudioEncoding {
  readonly bitrateBps: number;
  readonly channels: number;
}

/** Duration of a segment in every rendition: short enough for a fast start, long enough for good compression. */
const SEGMENT_SECONDS = 4;

const SAMPLE_RATE_HZ = 48_000;
/**
 * AAC encoders prepend this many samples. The same number is removed from the start, so that audio and video are in
 * sync.
 */
const AAC_PRIMING_SAMPLES = 1024;
/** Many files are slightly longer than their headers state. */
const EXTRA_DURATION_MS = 10_000;

/**
 * Returns the ffmpeg arguments for a video rendition: H.264 High in a single fragmented MP4 file with its HLS playlist. Key
 * frames have the same times in each rung of a source, so that players can switch rungs at any segment. ffmpeg applies the
 * rotation. Cover images are ignored.
 *
 * ffmpeg writes its progress to standard output: see parseProgress.
 */
export function videoArguments(job: EncodeJob, video: VideoEncoding): string[] {
  const rate = `${video.frameRate.numerator}/${video.frameRate.denominator}`;
  const maxBitrateBps = peakBitrateBps(video.bitrateBps);
  const filters = [
    'bwdif=mode=send_frame:deint=interlaced',
    // All renditions start at 0: the first frame of a video track that starts later is repeated.
    `fps=fps=${rate}:start_time=0`,
    `scale=${video.width}:${video.height}:flags=bicubic`,
    'setsar=1',
    'format=yuv420p',
  ];
  return [
    ...commonInput(job),
    ...['-map', '0:V:0', '-an', '-vf', filters.join(',')],
    ...['-c:v', 'libx264', '-preset', 'veryfast', '-profile:v', 'high', '-level:v', formatLevel(video.level)],
    ...['-b:v', String(video.bitrateBps), '-maxrate', String(maxBitrateBps), '-bufsize', String(2 * maxBitrateBps)],
    // Twice the segment duration, so that only -force_key_frames ends a group, at the same times in all rungs.
    ...['-g', String(Math.ceil(framesPerSecond(video.frameRate) * SEGMENT_SECONDS * 2)), '-sc_threshold', '0'],
    ...['-force_key_frames', `expr:gte(t,n_forced*${SEGMENT_SECONDS})`],
    // Otherwise the first frame would be shown two frames late: its decoding time is negative, because frames are reordered.
    ...['-avoid_negative_ts', 'disabled'],
    ...commonOutput(job, maxBitrateBps),
  ];
}

/** Returns the ffmpeg arguments for the audio rendition: AAC-LC from the first audio stream, with silence in its gaps. */
export function audioArguments(job: EncodeJob, audio: AudioEncoding): string[] {
  const filters = [
    `aresample=${SAMPLE_RATE_HZ}:async=1:first_pts=0`,
    `atrim=start_sample=${AAC_PRIMING_SAMPLES}`,
    'asetpts=PTS-STARTPTS',
  ];
  return [
    ...commonInput(job),
    ...['-map', '0:a:0', '-vn', '-af', filters.join(',')],
    ...['-c:a', 'aac', '-b:a', String(audio.bitrateBps), '-ac', String(audio.channels), '-ar', String(SAMPLE_RATE_HZ)],
    // The filter above removes the priming samples. Players interpret audio edit lists differently.
    ...['-hls_segment_options', 'use_editlist=0'],
    ...commonOutput(job, audio.bitrateBps),
  ];
}

function commonInput({ sourcePath, demuxer, threads }: EncodeJob): string[] {
  return [
    ...['-hide_banner', '-v', 'error', '-nostdin', '-nostats', '-progress', 'pipe:1', '-y'],
    ...['-filter_threads', String(threads), '-threads', String(threads)],
    ...inputArguments(sourcePath, demuxer),
  ];
}

function commonOutput(job: EncodeJob, maxBitrateBps: number): string[] {
  const maxDurationMs = job.durationMs + EXTRA_DURATION_MS;
  return [
    ...['-threads', String(job.threads), '-sn', '-dn', '-map_metadata', '-1', '-map_chapters', '-1'],
    ...['-t', (maxDurationMs / 1000).toFixed(3), '-fs', String(maxRenditionBytes(maxBitrateBps, job.durationMs))],
    ...['-f', 'hls', '-hls_time', String(SEGMENT_SECONDS), '-hls_list_size', '0', '-hls_playlist_type', 'vod'],
    ...['-hls_segment_type', 'fmp4', '-hls_flags', 'single_file'],
    ...['-hls_segment_filename', job.mediaName, job.playlistName],
  ];
}

function formatLevel(level: number): string {
  return (level / 10).toFixed(1);
}

/**
 * Returns the maximum size of a rendition, at which ffmpeg stops: twice the product of bit rate and duration, plus the
 * overhead of very short files. Only a source that is more than ten seconds longer than its header states reaches it.
 */
export function maxRenditionBytes(maxBitrateBps: number, durationMs: number): number {
  return 4 * 1024 * 1024 + Math.ceil((2 * maxBitrateBps * (durationMs + EXTRA_DURATION_MS)) / 8_000);
}

/** Parses one line of ffmpeg's `-progress` output. Undefined for lines without the position of the output. */
export function parseProgress(line: string): { readonly positionMs: number } | undefined {
  // Ignores out_time_ms, which is in microseconds, too.
  const microseconds = /^out_time_us=(\d+)\s*$/.exec(line)?.[1];
  return microseconds === undefined ? undefined : { positionMs: Math.floor(Number(microseconds) / 1000) };
}
