import type { Command } from 'commander';
import type { CommandContext } from '../command-context.js';
import { logRetries } from '../edge/log-retries.js';
import { seed, type SeedProgress } from '../seed/seed.js';
import { readSettings, SeedSettings } from '../settings.js';
import { secondsSince } from './seconds-since.js';

const TITLES_PER_LINE = 400;

/** Adds `seed`. */
export function addSeedCommand(program: Command, context: CommandContext): void {
  program
    .command('seed')
    .description('load demo data into a running platform; idempotent')
    .option('--json', 'print one JSON document, and the progress to stderr')
    .action((options: { readonly json?: true }) => runSeed(context, options.json === true));
}

async function runSeed({ env, signal, print, log }: CommandContext, isJson: boolean): Promise<void> {
  const settings = readSettings(SeedSettings, env);
  const logProgress = isJson ? log : print;
  const startedAt = performance.now();
  const seeded = await seed({
    edgeUrl: settings.EDGE_URL,
    editorEmail: settings.EDITOR_EMAIL,
    editorPassword: settings.EDITOR_PASSWORD,
    ffmpegPath: settings.FFMPEG_PATH,
    scratchDir: settings.SEED_DIR,
    waitSeconds: settings.WAIT_SECONDS,
    onProgress: (progress) => {
      const line = toProgressLine(progress);
      if (line !== undefined) logProgress(line);
    },
    onRetry: logRetries(logProgress),
    signal,
  });
  const durationSeconds = secondsSince(startedAt);
  print(isJson ? JSON.stringify({ ...seeded, durationSeconds }) : `seeded in ${durationSeconds} s`);
}

function toProgressLine({ step, done, total, name }: SeedProgress): string | undefined {
  if (step === 'titles' && done % TITLES_PER_LINE !== 0 && done !== total) return undefined;
  return `${step.padEnd(7)} ${done} of ${total}${name === undefined ? '' : `  ${name}`}`;
}
