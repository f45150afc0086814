import { appendFile } from 'node:fs/promises';
import { generateVideo, type GeneratedVideo } from '../video/generate-video.js';

/** Small enough to transcode every rung in seconds on one core. */
const VIDEO: GeneratedVideo = {
  widthPx: 426,
  heightPx: 240,
  framesPerSecond: 24,
  durationSeconds: 6,
  videoGraph: 'testsrc2=size=426x240:rate=24',
  audioExpression: '0.1*sin(2*PI*330*t)',
};

/** Larger than the usual part size, so that the upload has two parts. */
const PADDING_BYTES = 9 * 1024 * 1024;

/** Generates a video file of a few seconds, padded with a free box (ISO 14496-12, 8.1.2). */
export async function generateTestVideo(path: string, ffmpegPath: string, signal: AbortSignal): Promise<void> {
  await generateVideo(VIDEO, path, ffmpegPath, signal);
  const box = Buffer.alloc(PADDING_BYTES);
  box.writeUInt32BE(PADDING_BYTES, 0);
  box.write('free', 4, 'latin1');
  await appendFile(path, box);
}
