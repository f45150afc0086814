import { dataOf, EdgeClient, seed, type EdgeAccount } from '@viernes/cli';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startBackingServices } from '../backing/start-backing-services.ts';
import { buildApps } from '../platform/build.ts';
import { startPlatform } from '../platform/start-platform.ts';
import { RunLedger } from '../processes/run-ledger.ts';
import { freePorts } from '../settings.ts';
import { dropHome, dropLeftoverHomes, testHome } from '../test/leftover-homes.ts';
import { HOME } from '../workspace.ts';
import type { Teardown } from './teardown.ts';

export interface BenchPlatform {
  readonly editor: EdgeAccount;
  /** Addresses of the backing services, FFMPEG_PATH and FFPROBE_PATH. */
  readonly env: Readonly<Record<string, string>>;
  readonly scratchDir: string;
}

const EDITOR = { email: 'bench@viernes.example', password: 'a bench of its own' };
/** More than any load here: what is measured is the platform, not its limiter's refusals. */
const NO_LIMIT = '1000000000';
const IDLE_WITHIN_SECONDS = 300;

/** A whole platform on free ports and in a folder of its own, seeded and at rest; `teardown` removes all of it. */
export async function startBenchPlatform(
  teardown: Teardown,
  onProgress: (part: string, text: string) => void,
): Promise<BenchPlatform> {
  const home = await throwAwayHome(teardown);
  const ports = await freePorts();
  await buildApps(home, (text) => onProgress('build', text));
  const backing = await startBackingServices({ home, ports, onProgress });
  teardown.add(() => backing.stop());
  const overrides = { edge: { RATE_LIMIT_GENERAL_PER_MINUTE: NO_LIMIT } };
  const platform = startPlatform({ env: backing.env, ports, home, editor: EDITOR, overrides });
  teardown.add(() => platform.stop());
  await platform.whenReady();

  const editor = { edgeUrl: platform.edgeUrl, ...EDITOR };
  const scratchDir = join(home, 'seed');
  await seedAndRest(editor, scratchDir, backing.env['FFMPEG_PATH'] ?? 'ffmpeg', onProgress);
  return { editor, env: backing.env, scratchDir };
}

/** One of those that the next run drops when this one is killed. */
async function throwAwayHome(teardown: Teardown): Promise<string> {
  await mkdir(HOME, { recursive: true });
  await dropLeftoverHomes();
  const home = testHome();
  teardown.add(() => dropHome(home));
  new RunLedger(join(home, 'supervisor')).record('test', process.pid);
  return home;
}

async function seedAndRest(
  editor: EdgeAccount,
  scratchDir: string,
  ffmpegPath: string,
  onProgress: (part: string, text: string) => void,
): Promise<void> {
  const { edgeUrl, email, password } = editor;
  const { assetIds } = await seed({
    ...{ edgeUrl, editorEmail: email, editorPassword: password, ffmpegPath, scratchDir },
    onProgress: ({ step, done, total }) => {
      if (step === 'videos' || done === total) onProgress('seed', `${step} ${done} of ${total}`);
    },
  });
  const edge = new EdgeClient(editor);
  const deadlineAt = Date.now() + IDLE_WITHIN_SECONDS * 1000;
  onProgress('seed', 'waits until the transcoder has nothing left to do');
  for (const id of assetIds) {
    while ((await dataOf(edge.api.GET('/v1/assets/{id}', { params: { path: { id } } }))).state !== 'ready') {
      if (Date.now() > deadlineAt) throw new Error(`the seeded films were not ready within ${IDLE_WITHIN_SECONDS} s`);
      await sleep(500);
    }
  }
}
