import { framesPerSecond, type FrameRate } from '../ladder/frame-rate.js';
import { peakBitrateBps } from '../ladder/peak-bitrate.js';
import type { Demuxer } from '../probe/demuxer.js';
import { inputArguments } from '../probe/probe-arguments.js';
import { maxRenditionBytes } from './output-size.js';
import { SEGMENT_SECONDS } from './segment-length.js';

export interface EncodeJob {
  readonly sourcePath: string;
  readonly demuxer: Demuxer;
  /** The source's length; output is cut soon after. */
  readonly durationMs: number;
  /** Plain file names: ffmpeg writes both into its working directory. */
  readonly playlistName: string;
  readonly mediaName: string;
  /** 0 lets ffmpeg choose. */
  readonly threads: number;
}

/** A rung as it travels in a job. */
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

const SAMPLE_RATE_HZ = 48_000;
/** What AAC puts before the first sound; as many samples are cut from the front, so that picture and sound agree. */
const AAC_PRIMING_SAMPLES = 1024;
/** Real films end a little later than their headers say. */
const OVERTIME_MS = 10_000;

/**
 * Arguments of ffmpeg that make one video rendition: H.264 High in a single fragmented MP4 file with its HLS playlist.
 * Key frames come at the same times in each rung of a source, so a player may change rungs at any segment. Rotation is
 * applied by ffmpeg itself; a cover picture is not taken for the film.
 *
 * Progress comes on standard output, see parseProgress.
 */
export function videoArguments(job: EncodeJob, video: VideoEncoding): string[] {
  const rate = `${video.frameRate.numerator}/${video.frameRate.denominator}`;
  const maxBitrateBps = peakBitrateBps(video.bitrateBps);
  const filters = [
    'bwdif=mode=send_frame:deint=interlaced',
    // From time 0 on: a picture that begins late is held back to the start, as all renditions begin together.
    `fps=fps=${rate}:start_time=0`,
    `scale=${video.width}:${video.height}:flags=bicubic`,
    'setsar=1',
    'format=yuv420p',
  ];
  return [
    ...commonInput(job),
    ...['-map', '0:V:0', '-an', '-vf', filters.join(',')],
    ...['-c:v', 'libx264', '-preset', 'veryfast', '-profile:v', 'high', '-level:v', levelText(video.level)],
    ...['-b:v', String(video.bitrateBps), '-maxrate', String(maxBitrateBps), '-bufsize', String(2 * maxBitrateBps)],
    // The group's own length never ends a group first: only the clock does, alike in all rungs.
    ...['-g', String(Math.ceil(framesPerSecond(video.frameRate) * SEGMENT_SECONDS * 2)), '-sc_threshold', '0'],
    ...['-force_key_frames', `expr:gte(t,n_forced*${SEGMENT_SECONDS})`],
    // Otherwise the first picture, which is decoded after two others, would be shown two frames late.
    ...['-avoid_negative_ts', 'disabled'],
    ...commonOutput(job, maxBitrateBps),
  ];
}

/** Arguments of ffmpeg that make the audio rendition: AAC-LC from the first audio stream, silence where it pauses. */
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
    // The priming is accounted for above; players disagree on edit lists of sound.
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
  const cutMs = job.durationMs + OVERTIME_MS;
  return [
    ...['-threads', String(job.threads), '-sn', '-dn', '-map_metadata', '-1', '-map_chapters', '-1'],
    ...['-t', (cutMs / 1000).toFixed(3), '-fs', String(maxRenditionBytes(maxBitrateBps, cutMs))],
    ...['-f', 'hls', '-hls_time', String(SEGMENT_SECONDS), '-hls_list_size', '0', '-hls_playlist_type', 'vod'],
    ...['-hls_segment_type', 'fmp4', '-hls_flags', 'single_file'],
    ...['-hls_segment_filename', job.mediaName, job.playlistName],
  ];
}

function levelText(level: number): string {
  return (level / 10).toFixed(1);
}
