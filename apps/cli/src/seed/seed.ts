import { EdgeClient, type Retry } from '../edge/edge-client.js';
import { seedDemoSeasons } from './seed-demo-seasons.js';
import { seedDemoTitles } from './seed-demo-titles.js';
import { listDemoSeries } from './demo-series.js';
import { readMovies, seedTitles } from './seed-titles.js';

export interface SeedOptions {
  readonly edgeUrl: string;
  readonly editorEmail: string;
  readonly editorPassword: string;
  readonly ffmpegPath: string;
  /** Contains video files until they are uploaded, up to 20 MB. Later runs do not need them. */
  readonly scratchDir: string;
  /** How long one request is retried. */
  readonly waitSeconds?: number;
  readonly onProgress?: (progress: SeedProgress) => void;
  readonly onRetry?: (retry: Retry) => void;
  readonly signal?: AbortSignal;
}

/** The step `titles` creates the titles without a video. The step `videos` follows, and creates the playable ones. */
export interface SeedProgress {
  readonly step: 'videos' | 'titles';
  readonly done: number;
  readonly total: number;
  /** The last finished title. */
  readonly name?: string;
}

export interface SeedResult {
  /** Assets of the demo titles. Transcoding can still be in progress. */
  readonly assetIds: readonly string[];
  readonly titleCount: number;
}

/**
 * Loads five generated video files, a dozen series, some with seasons, and the movies of a public data set into a
 * running platform. Idempotent, also after a run that was killed.
 *
 * @throws EdgeResponseError, EdgeUnreachableError, MediaUnreachableError, or Error if ffmpeg fails
 */
export async function seed(options: SeedOptions): Promise<SeedResult> {
  const { edgeUrl, editorEmail: email, editorPassword: password, waitSeconds, onRetry } = options;
  const { ffmpegPath, scratchDir, signal, onProgress } = options;
  const edge = new EdgeClient({ edgeUrl, credentials: { email, password }, waitSeconds, onRetry, signal });

  // The titles come first, because their import takes seconds. Generating the videos takes minutes.
  const titles = [...listDemoSeries(), ...(await readMovies())];
  await seedTitles(edge, titles, (done, total) => onProgress?.({ step: 'titles', done, total }));
  await seedDemoSeasons(edge);
  const assetIds = await seedDemoTitles(edge, { ffmpegPath, scratchDir, signal }, (done, total, name) =>
    onProgress?.({ step: 'videos', done, total, name }),
  );
  return { assetIds, titleCount: titles.length };
}
