// Fills a running platform: EDGE_URL, EDITOR_EMAIL and EDITOR_PASSWORD say which and as whom, FFMPEG_PATH draws the
// films, SEED_DIR keeps what is under way. Prints one line a step, and can be run again at any time.
import { join } from 'node:path';
import { seed } from './seed.ts';
import type { SeedProgress } from './seed.ts';

const TITLES_A_LINE = 400;

function required(name: string): string {
  const value = process.env[name];
  if (value === undefined || value === '') throw new Error(`${name} is not set`);
  return value;
}

function print({ part, done, total, name }: SeedProgress): void {
  if (part === 'titles' && done % TITLES_A_LINE !== 0 && done !== total) return;
  console.log(`${part.padEnd(7)} ${done} of ${total}${name === undefined ? '' : `  ${name}`}`);
}

const startedAt = performance.now();
await seed({
  edgeUrl: required('EDGE_URL'),
  editorEmail: required('EDITOR_EMAIL'),
  editorPassword: required('EDITOR_PASSWORD'),
  ffmpegPath: process.env['FFMPEG_PATH'] ?? 'ffmpeg',
  scratchDir: process.env['SEED_DIR'] ?? join(process.cwd(), '.viernes', 'seed'),
  onProgress: print,
});
console.log(
  `seeded in ${((performance.now() - startedAt) / 1000).toFixed(1)} s; run it again any time, nothing is made twice`,
);
