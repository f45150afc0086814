import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { config } from '../config.js';
import type { FilmFile } from './editor.js';
import { filmFile, readFilm } from './editor.js';

const run = promisify(execFile);

/** A film of half a minute, 854x480 at 24 frames a second, 5.1 sound: a real one where there is one. */
export async function longFilm(): Promise<FilmFile> {
  if (config.filmPath !== undefined) return readFilm(config.filmPath);
  process.stderr.write('No FILM_PATH: the suite makes a film of the same shape with ffmpeg\n');
  return makeFilm('half-a-minute.mp4', [
    ...[
      '-f',
      'lavfi',
      '-i',
      'testsrc2=size=854x480:rate=24',
      '-f',
      'lavfi',
      '-i',
      'sine=frequency=220:sample_rate=48000',
    ],
    ...['-t', '30', '-pix_fmt', 'yuv420p', '-c:v', 'libx264', '-preset', 'veryfast'],
    // No faststart: as in the real film the index comes last, which a server that streams would trip over.
    ...['-c:a', 'aac', '-b:a', '192k', '-ac', '6'],
  ]);
}

/** Eight seconds, small: where any film will do. */
export async function shortFilm(): Promise<FilmFile> {
  return makeFilm('short.mp4', [
    ...[
      '-f',
      'lavfi',
      '-i',
      'testsrc2=size=426x240:rate=24',
      '-f',
      'lavfi',
      '-i',
      'sine=frequency=330:sample_rate=48000',
    ],
    ...['-t', '8', '-pix_fmt', 'yuv420p', '-c:v', 'libx264', '-preset', 'ultrafast', '-c:a', 'aac'],
  ]);
}

/** Pictures only. */
export async function silentFilm(): Promise<FilmFile> {
  return makeFilm('silent.webm', [
    ...['-f', 'lavfi', '-i', 'testsrc2=size=320x240:rate=30', '-t', '3', '-pix_fmt', 'yuv420p'],
    ...['-c:v', 'libvpx', '-deadline', 'realtime', '-cpu-used', '8', '-b:v', '500k'],
  ]);
}

/** Filmed upright, as telephones do it: stored 480x270 with a rotation, shown 270x480. */
export async function portraitFilm(): Promise<FilmFile> {
  const { bytes } = await makeFilm('lying.mp4', [
    ...[
      '-f',
      'lavfi',
      '-i',
      'testsrc2=size=480x270:rate=30',
      '-f',
      'lavfi',
      '-i',
      'sine=frequency=440:sample_rate=44100',
    ],
    ...['-t', '3', '-pix_fmt', 'yuv420p', '-c:v', 'libx264', '-preset', 'ultrafast', '-c:a', 'aac', '-ac', '1'],
  ]);
  // Written by hand, since each ffmpeg has another option for it: the matrix of the first track's header, a quarter
  // turn in fixed-point numbers (ISO/IEC 14496-12 section 8.3.2).
  const matrixAt = bytes.indexOf('tkhd', 0, 'latin1') + 44;
  const quarterTurn = [0, 0x10000, 0, -0x10000, 0, 0, 270 * 0x10000, 0, 0x40000000];
  quarterTurn.forEach((number, index) => bytes.writeInt32BE(number, matrixAt + 4 * index));
  return filmFile('portrait.mp4', bytes);
}

/** The short film at exactly this size, so that it goes up in several parts: a box of noise that players skip follows. */
export async function heavyFilm(sizeBytes: number): Promise<FilmFile> {
  const { bytes } = await shortFilm();
  const box = randomBytes(sizeBytes - bytes.length);
  box.writeUInt32BE(box.length, 0);
  box.write('free', 4, 'latin1');
  return filmFile('heavy.mp4', Buffer.concat([bytes, box]));
}

let madeFolder: string | undefined;

function folder(): string {
  if (madeFolder === undefined) {
    const made = mkdtempSync(join(tmpdir(), 'viernes-films-'));
    madeFolder = made;
    process.once('exit', () => rmSync(made, { recursive: true, force: true }));
  }
  return madeFolder;
}

async function makeFilm(fileName: string, options: readonly string[]): Promise<FilmFile> {
  const path = join(folder(), fileName);
  await run(config.ffmpegPath, ['-hide_banner', '-v', 'error', '-nostdin', '-y', ...options, path]);
  return readFilm(path);
}
