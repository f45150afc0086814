import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

export const FFMPEG = process.env['FFMPEG_PATH'] ?? 'ffmpeg';
export const FFPROBE = process.env['FFPROBE_PATH'] ?? 'ffprobe';

export interface VideoOptions {
  readonly size: string;
  readonly seconds: number;
  readonly rate?: number;
  readonly hasAudio?: boolean;
  readonly extraArguments?: readonly string[];
}

/** A temporary folder of generated video files. */
export class VideoFolder {
  private constructor(readonly path: string) {}

  static async create(): Promise<VideoFolder> {
    return new VideoFolder(await mkdtemp(join(tmpdir(), 'viernes-videos-')));
  }

  add(name: string, options: VideoOptions): Promise<Buffer> {
    return createVideo(this.path, name, options);
  }

  remove(): Promise<void> {
    return rm(this.path, { recursive: true });
  }
}

/** Generates a video file with ffmpeg's test sources. The extension of `name` selects the format. */
export async function createVideo(folder: string, name: string, options: VideoOptions): Promise<Buffer> {
  const { size, seconds, rate = 25, hasAudio = false, extraArguments = [] } = options;
  const video = ['-f', 'lavfi', '-i', `testsrc2=size=${size}:rate=${rate}:duration=${seconds}`];
  const audio = hasAudio ? ['-f', 'lavfi', '-i', `sine=frequency=440:sample_rate=44100:duration=${seconds}`] : [];
  const codecs = ['-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p', '-c:a', 'aac'];
  const path = join(folder, name);
  await run(FFMPEG, ['-v', 'error', '-y', ...video, ...audio, ...codecs, ...extraArguments, path]);
  return readFile(path);
}

/** Returns the same video with the rotation that a phone in portrait mode writes into the track header. */
export function rotateToPortrait(video: Buffer): Buffer {
  const rotated = Buffer.from(video);
  // ISO/IEC 14496-12 section 8.3.2: the matrix starts at byte 40 of the body of a version 0 track header.
  const matrix = rotated.indexOf('tkhd') + 4 + 40;
  [0, 65_536, 0, -65_536, 0, 0, 0, 0, 1 << 30].forEach((value, index) =>
    rotated.writeInt32BE(value, matrix + 4 * index),
  );
  return rotated;
}

/** Returns ffprobe's output for `entries` of a local file or a URL. */
export async function inspect(
  input: string,
  entries: string,
  ...extraArguments: string[]
): Promise<Record<string, unknown>> {
  const { stdout } = await run(FFPROBE, [
    ...['-v', 'error', '-show_entries', entries, '-of', 'json'],
    ...extraArguments,
    input,
  ]);
  return JSON.parse(stdout) as Record<string, unknown>;
}
