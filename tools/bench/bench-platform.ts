import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startBackingServices } from '../backing/start-backing-services.ts';
import { buildApps } from '../platform/build.ts';
import { startPlatform } from '../platform/start-platform.ts';
import { EdgeClient } from '../seed/edge-client.ts';
import type { EdgeAccount } from '../seed/edge-client.ts';
import { seed } from '../seed/seed.ts';
import { freePorts } from '../settings.ts';

export interface BenchPlatform {
  readonly editor: EdgeAccount;
  /** Addresses of the backing services, FFMPEG_PATH and FFPROBE_PATH. */
  readonly env: Readonly<Record<string, string>>;
  readonly scratchDir: string;
  readonly stop: () => Promise<void>;
}

const EDITOR = { email: 'bench@viernes.example', password: 'a bench of its own' };
/** More than any load here: what is measured is the platform, not its limiter's refusals. */
const NO_LIMIT = '1000000000';
const IDLE_WITHIN_SECONDS = 300;

/** A whole platform on free ports and in a folder of its own, seeded and at rest; nothing of it stays. */
export async function startBenchPlatform(onProgress: (part: string, text: string) => void): Promise<BenchPlatform> {
  const home = await mkdtemp(join(tmpdir(), 'viernes-bench-'));
  const stops: (() => Promise<void>)[] = [() => rm(home, { recursive: true, force: true })];
  const stop = async (): Promise<void> => {
    for (const undo of stops.splice(0).toReversed()) await undo();
  };
  try {
    const ports = await freePorts();
    await buildApps(home, (text) => onProgress('build', text));
    const backing = await startBackingServices({ home, ports, onProgress });
    stops.push(() => backing.stop());
    const overrides = { edge: { LIMIT_GENERAL_PER_MINUTE: NO_LIMIT } };
    const platform = startPlatform({ env: backing.env, ports, home, editor: EDITOR, overrides });
    stops.push(() => platform.stop());
    await platform.whenReady();

    const editor = { edgeUrl: platform.edgeUrl, ...EDITOR };
    const scratchDir = join(home, 'seed');
    await seedAndRest(editor, scratchDir, backing.env['FFMPEG_PATH'] ?? 'ffmpeg', onProgress);
    return { editor, env: backing.env, scratchDir, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function seedAndRest(
  editor: EdgeAccount,
  scratchDir: string,
  ffmpegPath: string,
  onProgress: (part: string, text: string) => void,
): Promise<void> {
  const { edgeUrl, email, password } = editor;
  const { filmAssetIds } = await seed({
    ...{ edgeUrl, editorEmail: email, editorPassword: password, ffmpegPath, scratchDir },
    onProgress: ({ part, done, total }) => onProgress('seed', `${part} ${done} of ${total}`),
  });
  const edge = new EdgeClient(editor);
  const deadlineAt = Date.now() + IDLE_WITHIN_SECONDS * 1000;
  for (const assetId of filmAssetIds) {
    onProgress('seed', 'waits until the transcoder has nothing left to do');
    while ((await edge.get<{ state: string }>(`/v1/assets/${assetId}`)).state !== 'ready') {
      if (Date.now() > deadlineAt) throw new Error(`the seeded films were not ready within ${IDLE_WITHIN_SECONDS} s`);
      await sleep(500);
    }
  }
}
