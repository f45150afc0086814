import { execFile } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';
import { config } from '../config.js';

const run = promisify(execFile);

/** A video file in memory, as a client uploads it. */
export interface VideoFile {
  readonly fileName: string;
  readonly bytes: Buffer;
  readonly sha256: string;
}

export async function readVideo(path: string): Promise<VideoFile> {
  return toVideoFile(basename(path), await readFile(path));
}

export function toVideoFile(fileName: string, bytes: Buffer): VideoFile {
  return { fileName, bytes, sha256: createHash('sha256').update(bytes).digest('hex') };
}

/** 30 seconds, 854x480, 24 frames per second, 5.1 audio: FILM_PATH if it is set, otherwise generated. */
export async function longVideo(): Promise<VideoFile> {
  if (config.filmPath !== undefined) return readVideo(config.filmPath);
  process.stderr.write('FILM_PATH is not set: generating a video file with ffmpeg\n');
  return generate('long.mp4', [
    ...['-f', 'lavfi', '-i', 'testsrc2=size=854x480:rate=24'],
    ...['-f', 'lavfi', '-i', 'sine=frequency=220:sample_rate=48000'],
    ...['-t', '30', '-pix_fmt', 'yuv420p', '-c:v', 'libx264', '-preset', 'veryfast'],
    // No faststart: with the index at the end of the file, the source cannot be read as a stream.
    ...['-c:a', 'aac', '-b:a', '192k', '-ac', '6'],
  ]);
}

/** 8 seconds, 426x240, one rung: for tests that need any playable title. */
export async function shortVideo(): Promise<VideoFile> {
  return generate('short.mp4', [
    ...['-f', 'lavfi', '-i', 'testsrc2=size=426x240:rate=24'],
    ...['-f', 'lavfi', '-i', 'sine=frequency=330:sample_rate=48000'],
    ...['-t', '8', '-pix_fmt', 'yuv420p', '-c:v', 'libx264', '-preset', 'ultrafast', '-c:a', 'aac'],
  ]);
}

/** 30 seconds, 854x480, two rungs, like the long video. A still image, because it is encoded in a tenth of the time. */
export async function stillVideo(): Promise<VideoFile> {
  return generate('still.mp4', [
    ...['-f', 'lavfi', '-i', 'smptebars=size=854x480:rate=10'],
    ...['-f', 'lavfi', '-i', 'sine=frequency=220:sample_rate=48000'],
    ...['-t', '30', '-pix_fmt', 'yuv420p', '-c:v', 'libx264', '-preset', 'ultrafast', '-c:a', 'aac'],
  ]);
}

/** 3 seconds without an audio track. */
export async function silentVideo(): Promise<VideoFile> {
  return generate('silent.webm', [
    ...['-f', 'lavfi', '-i', 'testsrc2=size=320x240:rate=30', '-t', '3', '-pix_fmt', 'yuv420p'],
    ...['-c:v', 'libvpx', '-deadline', 'realtime', '-cpu-used', '8', '-b:v', '500k'],
  ]);
}

/** 3 seconds in portrait format, as phones record it: stored as 480x270 with a rotation, displayed as 270x480. */
export async function portraitVideo(): Promise<VideoFile> {
  const { bytes } = await generate('landscape.mp4', [
    ...['-f', 'lavfi', '-i', 'testsrc2=size=480x270:rate=30'],
    ...['-f', 'lavfi', '-i', 'sine=frequency=440:sample_rate=44100'],
    ...['-t', '3', '-pix_fmt', 'yuv420p', '-c:v', 'libx264', '-preset', 'ultrafast', '-c:a', 'aac', '-ac', '1'],
  ]);
  // The option for a rotation differs between ffmpeg versions, so this writes the matrix of the first track header:
  // a quarter turn in fixed-point numbers (ISO/IEC 14496-12 section 8.3.2).
  const matrixOffset = bytes.indexOf('tkhd', 0, 'latin1') + 44;
  const quarterTurn = [0, 0x10000, 0, -0x10000, 0, 0, 270 * 0x10000, 0, 0x40000000];
  quarterTurn.forEach((number, index) => bytes.writeInt32BE(number, matrixOffset + 4 * index));
  return toVideoFile('portrait.mp4', bytes);
}

/** The short video padded to exactly this size with a `free` box of random bytes, so that it has several parts. */
export async function paddedVideo(sizeBytes: number): Promise<VideoFile> {
  const { bytes } = await shortVideo();
  const box = randomBytes(sizeBytes - bytes.length);
  box.writeUInt32BE(box.length, 0);
  box.write('free', 4, 'latin1');
  return toVideoFile('padded.mp4', Buffer.concat([bytes, box]));
}

let folder: string | undefined;

function temporaryFolder(): string {
  if (folder === undefined) {
    const created = mkdtempSync(join(tmpdir(), 'viernes-videos-'));
    folder = created;
    process.once('exit', () => rmSync(created, { recursive: true, force: true }));
  }
  return folder;
}

async function generate(fileName: string, options: readonly string[]): Promise<VideoFile> {
  const path = join(temporaryFolder(), fileName);
  await run(config.ffmpegPath, ['-hide_banner', '-v', 'error', '-nostdin', '-y', ...options, path]);
  return readVideo(path);
}
