import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { DEMO_FILMS } from './demo-films.js';
import type { DemoFilm } from './demo-films.js';
import type { EdgeClient } from '../edge/edge-client.js';
import { makeFilm } from '../film/make-film.js';
import { findOrMakeTitle, type NewTitle } from '../edge/titles.js';
import { uploadFilm } from '../upload/upload-film.js';
import { findAsset } from '../upload/uploads.js';

export interface FilmSource {
  readonly ffmpegPath: string;
  /** Where films lie until they are sent. */
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
  const assetIds: string[] = [];
  for (const film of DEMO_FILMS) {
    assetIds.push(await seedFilm(edge, source, film));
    onFilm(assetIds.length, DEMO_FILMS.length, film.name);
  }
  return assetIds;
}

async function seedFilm(edge: EdgeClient, source: FilmSource, film: DemoFilm): Promise<string> {
  const title = await findOrMakeTitle(edge, demoTitle(film));
  if (title.assetId !== null) return title.assetId;

  // Sent by an earlier run, and not playable yet: the platform itself is asked, since a Job's pod keeps no notes.
  const sent = await findAsset(edge, title.id);
  if (sent !== undefined) return sent;

  const path = join(source.scratchDir, `${film.slug}.mp4`);
  await makeFilm(film, path, source.ffmpegPath, source.signal);
  const assetId = await uploadFilm(edge, title.id, path, { signal: source.signal });
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
