import { execFile } from 'node:child_process';
import { rename, rm, stat } from 'node:fs/promises';
import { promisify } from 'node:util';
import { timecodeFilters } from './timecode.js';

const run = promisify(execFile);

/** A video file that ffmpeg generates without input. */
export interface GeneratedVideo {
  readonly widthPx: number;
  readonly heightPx: number;
  readonly framesPerSecond: number;
  readonly durationSeconds: number;
  /** A lavfi graph whose output has the size above. */
  readonly videoGraph: string;
  /** An `aevalsrc` expression of one channel, t in seconds. */
  readonly audioExpression: string;
}

/**
 * Writes the video file to `path`, unless the file exists.
 * The file gets its name when it is complete, so an interrupted run leaves no truncated file under that name.
 *
 * @throws Error with the stderr of ffmpeg if it fails, or if it is not installed
 */
export async function generateVideo(
  video: GeneratedVideo,
  path: string,
  ffmpegPath: string,
  signal?: AbortSignal,
): Promise<void> {
  if (await exists(path)) return;
  const unfinished = `${path}.unfinished`;
  try {
    await run(ffmpegPath, [...toFfmpegArguments(video), unfinished], { signal });
    await rename(unfinished, path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).syscall !== `spawn ${ffmpegPath}`) throw error;
    throw new Error(`${ffmpegPath} cannot be run. Install ffmpeg, or set FFMPEG_PATH.`, { cause: error });
  } finally {
    await rm(unfinished, { force: true });
  }
}

function toFfmpegArguments(video: GeneratedVideo): string[] {
  const timecode = timecodeFilters(video.framesPerSecond, video.heightPx);
  const videoChain = `${video.videoGraph},${timecode},format=yuv420p[v]`;
  const graph = `${videoChain};aevalsrc=exprs='${video.audioExpression}':s=48000[a]`;
  return [
    ...['-hide_banner', '-v', 'error', '-nostdin', '-y'],
    ...['-filter_complex', graph, '-map', '[v]', '-map', '[a]', '-t', String(video.durationSeconds)],
    ...['-c:v', 'libx264', '-preset', 'veryfast', '-crf', '25', '-c:a', 'aac', '-b:a', '96k', '-ac', '2'],
    ...['-movflags', '+faststart', '-f', 'mp4'],
  ];
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
