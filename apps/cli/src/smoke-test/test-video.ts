import { appendFile } from 'node:fs/promises';
import { makeFilm, type DrawnFilm } from '../film/make-film.js';

/** Small enough for every rung of it to be made in seconds on one core. */
const FILM: DrawnFilm = {
  widthPx: 426,
  heightPx: 240,
  framesPerSecond: 24,
  durationSeconds: 6,
  picture: 'testsrc2=size=426x240:rate=24',
  sound: '0.1*sin(2*PI*330*t)',
};

/** More than the usual part of an upload, so that the film goes in two. */
const PADDING_BYTES = 9 * 1024 * 1024;

/** Draws the film that is sent: a few seconds, and a free box (ISO 14496-12, 8.1.2) that makes the file large. */
export async function makeTestVideo(path: string, ffmpegPath: string, signal: AbortSignal): Promise<void> {
  await makeFilm(FILM, path, ffmpegPath, signal);
  const box = Buffer.alloc(PADDING_BYTES);
  box.writeUInt32BE(PADDING_BYTES, 0);
  box.write('free', 4, 'latin1');
  await appendFile(path, box);
}
