import { generateVideo, type GeneratedVideo } from '@viernes/cli';
import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';

/** Has the same size and duration as the long video of apps/acceptance. */
const VIDEO: GeneratedVideo = {
  widthPx: 854,
  heightPx: 480,
  framesPerSecond: 24,
  durationSeconds: 30,
  videoGraph: 'testsrc2=size=854x480:rate=24',
  audioExpression: '0.1*sin(2*PI*220*t)',
};

/** Returns the path of the given video file, or generates one of 30 seconds. */
export async function findOrGenerateVideo(
  given: string | undefined,
  folder: string,
  ffmpegPath: string,
): Promise<string> {
  if (given !== undefined) {
    if (!existsSync(given)) throw new Error(`FILM_PATH: no such file: ${given}`);
    return given;
  }
  await mkdir(folder, { recursive: true });
  const path = join(folder, 'bench.mp4');
  await generateVideo(VIDEO, path, ffmpegPath);
  return path;
}
