import { EdgeClient, type Wait } from '../edge/edge-client.js';
import { seedFilms } from './seed-films.js';
import { readMovies, seedMovies } from './seed-movies.js';

export interface SeedOptions {
  readonly edgeUrl: string;
  readonly editorEmail: string;
  readonly editorPassword: string;
  readonly ffmpegPath: string;
  /** Films lie there until they are sent, 20 MB at most. Nothing that a later run needs. */
  readonly scratchDir: string;
  /** How long one request is repeated while the edge is away or busy. */
  readonly waitSeconds?: number;
  readonly onProgress?: (progress: SeedProgress) => void;
  readonly onWait?: (wait: Wait) => void;
  readonly signal?: AbortSignal;
}

/** How far one part is: first the playable films, then the titles of the data set. */
export interface SeedProgress {
  readonly part: 'films' | 'titles';
  readonly done: number;
  readonly total: number;
  /** The film just done. */
  readonly name?: string;
}

export interface Seeded {
  /** Assets of the demo films; the transcoder may still be at work on them. */
  readonly filmAssetIds: readonly string[];
  readonly titleCount: number;
}

/**
 * Fills a running platform with five short films that it makes by itself and the films of a public data set, through
 * the HTTP API that everybody uses.
 *
 * Safe to repeat, also after a run that was killed: what is there is not made again.
 *
 * @throws EdgeRefusal when the edge says no, EdgeSilence when it was waited for in vain, Error when ffmpeg or the object store fails
 */
export async function seed(options: SeedOptions): Promise<Seeded> {
  const { edgeUrl, editorEmail: email, editorPassword: password, waitSeconds, onWait } = options;
  const { ffmpegPath, scratchDir, signal } = options;
  const report = options.onProgress ?? (() => undefined);
  const edge = new EdgeClient({ edgeUrl, email, password, waitSeconds, onWait, signal });

  const filmAssetIds = await seedFilms(edge, { ffmpegPath, scratchDir, signal }, (done, total, name) =>
    report({ part: 'films', done, total, name }),
  );
  const titleCount = await seedMovies(edge, await readMovies(), (done, total) =>
    report({ part: 'titles', done, total }),
  );
  return { filmAssetIds, titleCount };
}
