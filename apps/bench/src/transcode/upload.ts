import { requireData, findOrCreateTitle, uploadVideo, type EdgeClient } from '@viernes/cli';
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { LadderSeconds } from './ffmpeg-baseline.js';

const POLL_INTERVAL_MS = 50;
const TIMEOUT_SECONDS = 300;

export interface UploadResult extends LadderSeconds {
  readonly titleId: string;
  readonly durationSeconds: number;
  /** Megapixels of one frame in all renditions. The work of the encoder is proportional to them. */
  readonly megapixels: number;
}

/** Uploads the file as a new title, and waits until all renditions exist. @throws Error after five minutes */
export async function uploadAndWait(edge: EdgeClient, videoPath: string): Promise<UploadResult> {
  const name = `Bench ${randomUUID()}`;
  const title = await findOrCreateTitle(edge, {
    kind: 'film',
    name,
    synopsis: '',
    genres: [],
    externalId: name,
  });

  const startedAt = performance.now();
  const seconds = (): number => (performance.now() - startedAt) / 1000;
  const assetId = await uploadVideo(edge, title.id, videoPath);
  let playable: number | undefined;
  while (seconds() < TIMEOUT_SECONDS) {
    const asset = await requireData(edge.api.GET('/v1/assets/{id}', { params: { path: { id: assetId } } }));
    if (asset.state === 'failed') throw new Error(`Asset ${assetId} failed.`);
    if (asset.state === 'playable' || asset.state === 'ready') playable ??= seconds();
    if (asset.state === 'ready') {
      const pixels = asset.renditions.reduce((sum, { width, height }) => sum + (width ?? 0) * (height ?? 0), 0);
      return {
        playable: playable ?? seconds(),
        completeLadder: seconds(),
        renditionCount: asset.renditions.length,
        titleId: title.id,
        durationSeconds: (asset.durationMs ?? 0) / 1000,
        megapixels: pixels / 1e6,
      };
    }
    await sleep(POLL_INTERVAL_MS);
  }
  throw new Error(`Asset ${assetId} is not ready after ${TIMEOUT_SECONDS} s.`);
}
