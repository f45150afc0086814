import { requireData, EdgeClient, seed } from '@viernes/cli';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Settings } from './settings.js';

const IDLE_TIMEOUT_MS = 300_000;
const POLL_INTERVAL_MS = 500;

/** Loads the demo data and waits until the transcoder is idle, so that it does not affect the measurements. */
export async function seedAndWait(settings: Settings, onStep: (step: string) => void): Promise<void> {
  const { EDGE_URL: edgeUrl, EDITOR_EMAIL: editorEmail, EDITOR_PASSWORD: editorPassword } = settings;
  const { assetIds } = await seed({
    ...{ edgeUrl, editorEmail, editorPassword, ffmpegPath: settings.FFMPEG_PATH },
    scratchDir: join(tmpdir(), 'viernes-bench-seed'),
    onProgress: ({ step, done, total }) => {
      if (step === 'videos' || done === total) onStep(`${step} ${done} of ${total}`);
    },
  });
  const { api } = new EdgeClient({ edgeUrl, email: editorEmail, password: editorPassword });
  const timeoutAt = performance.now() + IDLE_TIMEOUT_MS;
  onStep('waiting until the transcoder is idle');
  for (const id of assetIds) {
    while ((await requireData(api.GET('/v1/assets/{id}', { params: { path: { id } } }))).state !== 'ready') {
      if (performance.now() > timeoutAt) throw new Error(`Asset ${id} is not ready after ${IDLE_TIMEOUT_MS / 1000} s.`);
      await sleep(POLL_INTERVAL_MS);
    }
  }
}
