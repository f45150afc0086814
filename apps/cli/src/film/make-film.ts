import { execFile } from 'node:child_process';
import { rename, rm, stat } from 'node:fs/promises';
import { promisify } from 'node:util';
import { timecodeFilters } from './timecode.js';

const run = promisify(execFile);

/** What ffmpeg draws by itself. */
export interface DrawnFilm {
  readonly widthPx: number;
  readonly heightPx: number;
  readonly framesPerSecond: number;
  readonly durationSeconds: number;
  /** A lavfi graph that ends in pictures of the size above. */
  readonly picture: string;
  /** An `aevalsrc` expression of one channel, t in seconds. */
  readonly sound: string;
}

/**
 * Draws a film into `path`, unless it is there already.
 *
 * The file gets its name only when it is complete, so a run that was killed leaves nothing that looks like a film.
 *
 * @throws Error with ffmpeg's own words when it fails
 */
export async function makeFilm(film: DrawnFilm, path: string, ffmpegPath: string, signal?: AbortSignal): Promise<void> {
  if (await exists(path)) return;
  const unfinished = `${path}.unfinished`;
  try {
    await run(ffmpegPath, [...filmArguments(film), unfinished], { signal });
    await rename(unfinished, path);
  } finally {
    await rm(unfinished, { force: true });
  }
}

/** What ffmpeg is told, all but the file to write. */
export function filmArguments(film: DrawnFilm): string[] {
  const timecode = timecodeFilters(film.framesPerSecond, film.heightPx);
  const graph = [`${film.picture},${timecode},format=yuv420p[v]`, `aevalsrc=exprs='${film.sound}':s=48000[a]`].join(
    ';',
  );
  return [
    ...['-hide_banner', '-v', 'error', '-nostdin', '-y'],
    ...['-filter_complex', graph, '-map', '[v]', '-map', '[a]', '-t', String(film.durationSeconds)],
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
