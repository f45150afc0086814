import type { Command } from 'commander';
import { readConfig, SeedEnv } from '../config.js';
import { tellWaits } from '../edge/tell-waits.js';
import { runOnce } from '../run-once.js';
import { seed, type SeedProgress } from '../seed/seed.js';

const TITLES_PER_LINE = 400;

/** Adds `seed`: loads demo data into a running platform. */
export function addSeedCommand(program: Command, env: NodeJS.ProcessEnv): void {
  program
    .command('seed')
    .description('load demo data into a running platform; idempotent')
    .action(() => runOnce((signal) => runSeed(env, signal)));
}

async function runSeed(env: NodeJS.ProcessEnv, signal: AbortSignal): Promise<void> {
  const config = readConfig(SeedEnv, env);
  const startedAt = performance.now();
  await seed({
    edgeUrl: config.EDGE_URL,
    editorEmail: config.EDITOR_EMAIL,
    editorPassword: config.EDITOR_PASSWORD,
    ffmpegPath: config.FFMPEG_PATH,
    scratchDir: config.SEED_DIR,
    waitSeconds: config.WAIT_SECONDS,
    onProgress: printProgress,
    onWait: tellWaits(console.log),
    signal,
  });
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
  console.log(`seeded in ${seconds} s; the command is idempotent`);
}

function printProgress({ part, done, total, name }: SeedProgress): void {
  if (part === 'titles' && done % TITLES_PER_LINE !== 0 && done !== total) return;
  console.log(`${part.padEnd(7)} ${done} of ${total}${name === undefined ? '' : `  ${name}`}`);
}
