import { generateVideo } from '@viernes/cli';
import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';

/** Of the size and length of the usual sample film. */
const FILM = {
  slug: 'bench-film',
  widthPx: 854,
  heightPx: 480,
  framesPerSecond: 24,
  durationSeconds: 30,
  picture: 'testsrc2=size=854x480:rate=24',
  sound: '0.1*sin(2*PI*220*t)',
};

/** The film that FILM_PATH names, else half a minute that ffmpeg draws. */
export async function benchFilm(given: string | undefined, folder: string, ffmpegPath: string): Promise<string> {
  if (given !== undefined && given !== '') {
    if (!existsSync(given)) throw new Error(`FILM_PATH names no file: ${given}`);
    return given;
  }
  await mkdir(folder, { recursive: true });
  const path = join(folder, `${FILM.slug}.mp4`);
  await generateVideo(FILM, path, ffmpegPath);
  return path;
}
