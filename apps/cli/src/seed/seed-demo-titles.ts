import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { NewTitle } from '@viernes/title-csv';
import type { EdgeClient } from '../edge/edge-client.js';
import { findOrCreateTitle } from '../edge/titles.js';
import { uploadVideo } from '../upload/upload-video.js';
import { findAsset } from '../upload/uploads.js';
import { generateVideo } from '../video/generate-video.js';
import { DEMO_TITLES, type DemoTitle } from './demo-titles.js';

export interface VideoOptions {
  readonly ffmpegPath: string;
  /** Contains each video file until it is uploaded. */
  readonly scratchDir: string;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Creates the demo titles and uploads their video files. Skips titles and uploads of earlier runs.
 *
 * @param onTitle called after each title with the number of finished ones
 * @returns the asset IDs; transcoding can still be in progress
 */
export async function seedDemoTitles(
  edge: EdgeClient,
  options: VideoOptions,
  onTitle: (done: number, total: number, name: string) => void,
): Promise<string[]> {
  await mkdir(options.scratchDir, { recursive: true });
  const assetIds: string[] = [];
  for (const title of DEMO_TITLES) {
    assetIds.push(await seedDemoTitle(edge, options, title));
    onTitle(assetIds.length, DEMO_TITLES.length, title.name);
  }
  return assetIds;
}

async function seedDemoTitle(edge: EdgeClient, options: VideoOptions, demo: DemoTitle): Promise<string> {
  const title = await findOrCreateTitle(edge, toNewTitle(demo));
  if (title.assetId !== null) return title.assetId;

  // An earlier run can have uploaded a file that is not playable yet. A Job's pod stores no state, so list the uploads
  // of the platform.
  const uploaded = await findAsset(edge, title.id);
  if (uploaded !== undefined) return uploaded;

  const path = join(options.scratchDir, `${demo.slug}.mp4`);
  await generateVideo(demo, path, options.ffmpegPath, options.signal);
  const assetId = await uploadVideo(edge, title.id, path, { signal: options.signal });
  await rm(path);
  return assetId;
}

function toNewTitle({ slug, name, synopsis, genres }: DemoTitle): NewTitle {
  return {
    kind: 'film',
    name,
    synopsis,
    releaseYear: 2026,
    genres: [...genres],
    maturityRating: 'G',
    runtimeMinutes: 1,
    externalId: `viernes/demo/${slug}`,
  };
}
