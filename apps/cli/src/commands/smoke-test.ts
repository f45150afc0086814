import type { Command } from 'commander';
import { access, constants, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CommandContext } from '../command-context.js';
import { EdgeClient } from '../edge/edge-client.js';
import { logRetries } from '../edge/log-retries.js';
import { toReadError } from '../file-errors.js';
import { readSettings, toCredentials, SmokeTestSettings } from '../settings.js';
import { smokeTest } from '../smoke-test/smoke-test.js';
import { StepRunner } from '../smoke-test/step-runner.js';
import { secondsSince } from './seconds-since.js';

/** Time limit for the retries of one request. */
const MAX_WAIT_SECONDS = 60;

/** Adds `smoke-test`. `helm test` runs it. */
export function addSmokeTestCommand(program: Command, context: CommandContext): void {
  program
    .command('smoke-test')
    .description('upload, transcode, and play a short video file on a running platform')
    .option('--json', 'print one JSON document, and the progress to stderr')
    .action((options: { readonly json?: true }) => runSmokeTest(context, options.json === true));
}

async function runSmokeTest(context: CommandContext, isJson: boolean): Promise<void> {
  const settings = readSettings(SmokeTestSettings, context.env);
  const { EDGE_URL: edgeUrl, SMOKE_TEST_TIMEOUT_SECONDS: timeoutSeconds, SMOKE_TEST_VIDEO: videoPath } = settings;
  if (videoPath !== undefined) await requireReadable(videoPath);
  const timeout = AbortSignal.timeout(timeoutSeconds * 1000);
  const signal = AbortSignal.any([context.signal, timeout]);
  const steps = new StepRunner(isJson ? context.log : context.print);
  const edge = new EdgeClient({
    edgeUrl,
    credentials: toCredentials(settings),
    waitSeconds: Math.min(MAX_WAIT_SECONDS, timeoutSeconds),
    onRetry: logRetries((text) => steps.logDetail(text)),
    signal,
  });
  const scratchDir = await mkdtemp(join(tmpdir(), 'viernes-smoke-test-'));
  const startedAt = performance.now();
  try {
    await smokeTest(edge, steps, {
      ffmpegPath: settings.FFMPEG_PATH,
      videoPath,
      scratchDir,
      signal,
    });
  } catch (error) {
    if (!timeout.aborted) throw error;
    throw new Error(
      `The smoke test did not finish in ${timeoutSeconds} s (SMOKE_TEST_TIMEOUT_SECONDS). Current step: ${steps.current}.`,
      { cause: error },
    );
  } finally {
    await rm(scratchDir, { recursive: true });
  }
  const durationSeconds = secondsSince(startedAt);
  if (isJson) context.print(JSON.stringify({ edgeUrl, steps: steps.finished, durationSeconds }));
  else context.print(`${edgeUrl} works: ${steps.finished.length} steps in ${durationSeconds} s`);
}

async function requireReadable(videoPath: string): Promise<void> {
  await access(videoPath, constants.R_OK).catch((error: unknown) => {
    throw toReadError(`The file of SMOKE_TEST_VIDEO, ${videoPath},`, error);
  });
}
