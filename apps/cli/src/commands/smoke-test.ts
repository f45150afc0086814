import type { Command } from 'commander';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readConfig, SmokeTestEnv } from '../config.js';
import { EdgeClient } from '../edge/edge-client.js';
import { tellWaits } from '../edge/tell-waits.js';
import { runOnce } from '../run-once.js';
import { smokeTest } from '../smoke-test/smoke-test.js';
import { Steps } from '../smoke-test/steps.js';

/** How long one request is retried, as a share of the time for all steps. */
const WAIT_SECONDS = 60;

/** Adds `smoke-test`: uploads, transcodes, and plays a short video file on a running platform. `helm test` runs it. */
export function addSmokeTestCommand(program: Command, env: NodeJS.ProcessEnv): void {
  program
    .command('smoke-test')
    .description('upload, transcode, and play a short video file on a running platform')
    .action(() => runOnce((signal) => runSmokeTest(env, signal)));
}

async function runSmokeTest(env: NodeJS.ProcessEnv, stopping: AbortSignal): Promise<void> {
  const config = readConfig(SmokeTestEnv, env);
  const timeout = AbortSignal.timeout(config.SMOKE_TEST_TIMEOUT_SECONDS * 1000);
  const signal = AbortSignal.any([stopping, timeout]);
  const steps = new Steps((line) => console.log(line));
  const edge = new EdgeClient({
    edgeUrl: config.EDGE_URL,
    email: config.EDITOR_EMAIL,
    password: config.EDITOR_PASSWORD,
    waitSeconds: Math.min(WAIT_SECONDS, config.SMOKE_TEST_TIMEOUT_SECONDS),
    onWait: tellWaits((text) => steps.tell(text)),
    signal,
  });
  const scratchDir = await mkdtemp(join(tmpdir(), 'viernes-smoke-test-'));
  const startedAt = performance.now();
  try {
    await smokeTest(edge, steps, {
      ffmpegPath: config.FFMPEG_PATH,
      filmPath: config.CHECK_FILM,
      scratchDir,
      signal,
    });
  } catch (error) {
    if (!timeout.aborted) throw error;
    const { SMOKE_TEST_TIMEOUT_SECONDS: seconds } = config;
    throw new Error(`not finished in ${seconds} s (SMOKE_TEST_TIMEOUT_SECONDS), at: ${steps.at}`, { cause: error });
  } finally {
    await rm(scratchDir, { recursive: true });
  }
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
  console.log(`${config.EDGE_URL} works: ${steps.done} steps in ${seconds} s`);
}
