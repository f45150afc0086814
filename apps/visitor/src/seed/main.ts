// Fills a running platform: prints one line a step, waits for an edge that is not there yet, and can be run again at
// any time.
import { readConfig, SeedEnv } from '../config.js';
import { tellWaits } from '../edge/tell-waits.js';
import { runOnce } from '../run-once.js';
import { seed, type SeedProgress } from './seed.js';

const TITLES_A_LINE = 400;

function tellProgress({ part, done, total, name }: SeedProgress): void {
  if (part === 'titles' && done % TITLES_A_LINE !== 0 && done !== total) return;
  console.log(`${part.padEnd(7)} ${done} of ${total}${name === undefined ? '' : `  ${name}`}`);
}

await runOnce(async (signal) => {
  const config = readConfig(SeedEnv, process.env);
  const startedAt = performance.now();
  await seed({
    edgeUrl: config.EDGE_URL,
    editorEmail: config.EDITOR_EMAIL,
    editorPassword: config.EDITOR_PASSWORD,
    ffmpegPath: config.FFMPEG_PATH,
    scratchDir: config.SEED_DIR,
    waitSeconds: config.WAIT_SECONDS,
    onProgress: tellProgress,
    onWait: tellWaits(console.log),
    signal,
  });
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
  console.log(`seeded in ${seconds} s; run it again any time, nothing is made twice`);
});
