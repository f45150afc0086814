import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { DEMO_FILMS } from './demo-films.js';
import type { DemoFilm } from './demo-films.js';
import type { EdgeClient } from '../edge/edge-client.js';
import { makeFilm } from '../film/make-film.js';
import { findOrMakeTitle, type NewTitle } from '../edge/titles.js';
import { findUpload, uploadFilm } from '../upload/upload-film.js';
import { UploadLedger } from './upload-ledger.js';

export interface FilmSource {
  readonly ffmpegPath: string;
  /** Where films lie until they are sent, and what was sent is remembered. */
  readonly scratchDir: string;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Makes the demo films, their titles, and uploads them; what an earlier run did is left alone.
 *
 * @param onFilm called after each film with how many are done
 * @returns the ids of the assets, which may still wait for the transcoder
 */
export async function seedFilms(
  edge: EdgeClient,
  source: FilmSource,
  onFilm: (done: number, total: number, name: string) => void,
): Promise<string[]> {
  await mkdir(source.scratchDir, { recursive: true });
  const ledger = await UploadLedger.open(join(source.scratchDir, 'uploads.json'));
  const assetIds: string[] = [];
  for (const film of DEMO_FILMS) {
    assetIds.push(await seedFilm(edge, source, ledger, film));
    onFilm(assetIds.length, DEMO_FILMS.length, film.name);
  }
  return assetIds;
}

async function seedFilm(edge: EdgeClient, source: FilmSource, ledger: UploadLedger, film: DemoFilm): Promise<string> {
  const title = await findOrMakeTitle(edge, demoTitle(film));
  if (title.assetId !== null) return title.assetId;

  const earlier = await findUpload(edge, ledger.find(title.id));
  if (earlier !== undefined && earlier.assetId !== null && !(await hasFailed(edge, earlier.assetId)))
    return earlier.assetId;

  const path = join(source.scratchDir, `${film.slug}.mp4`);
  await makeFilm(film, path, source.ffmpegPath, source.signal);
  const assetId = await uploadFilm(edge, ledger, title.id, path, earlier);
  await rm(path);
  return assetId;
}

function demoTitle(film: DemoFilm): NewTitle {
  return {
    kind: 'film',
    name: film.name,
    synopsis: film.synopsis,
    releaseYear: 2026,
    genres: film.genres,
    directors: [],
    maturityRating: 'G',
    runtimeMinutes: 1,
    externalId: `viernes/demo/${film.slug}`,
  };
}

async function hasFailed(edge: EdgeClient, assetId: string): Promise<boolean> {
  return (await edge.get<{ state: string }>(`/v1/assets/${assetId}`)).state === 'failed';
}
