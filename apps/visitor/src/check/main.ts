// Says whether a running platform does what it is for, from outside and in one run: `helm test` in a cluster.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CheckEnv, readConfig } from '../config.js';
import { EdgeClient } from '../edge/edge-client.js';
import { tellWaits } from '../edge/tell-waits.js';
import { runOnce } from '../run-once.js';
import { check } from './check.js';
import { Steps } from './steps.js';

/** How long one request is repeated while the edge is away or busy, of the time for all. */
const WAIT_SECONDS = 60;

await runOnce(async (stopping) => {
  const config = readConfig(CheckEnv, process.env);
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
  const scratchDir = await mkdtemp(join(tmpdir(), 'viernes-check-'));
  const startedAt = performance.now();
  try {
    await check(edge, steps, {
      ffmpegPath: config.FFMPEG_PATH,
      filmPath: config.CHECK_FILM,
      scratchDir,
      signal,
    });
  } catch (error) {
    if (!timeout.aborted) throw error;
    throw new Error(
      `not done in ${config.SMOKE_TEST_TIMEOUT_SECONDS} s (SMOKE_TEST_TIMEOUT_SECONDS), at: ${steps.at}`,
      {
        cause: error,
      },
    );
  } finally {
    await rm(scratchDir, { recursive: true });
  }
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
  console.log(`${config.EDGE_URL} works: ${steps.done} steps in ${seconds} s`);
});
