import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import pLimit from 'p-limit';
import type { EdgeClient } from '../edge/edge-client.js';
import { createTitle, listTitles, titleFingerprint, type NewTitle } from '../edge/titles.js';
import { toNewTitle, type MovieRecord } from './movie-title.js';

const CONCURRENT_TITLES = 8;

/** Reads the movies of the data set that have a name. */
export async function readMovies(): Promise<NewTitle[]> {
  const build = dirname(createRequire(import.meta.url).resolve('vega-datasets'));
  const movies = JSON.parse(await readFile(join(build, '../data/movies.json'), 'utf8')) as MovieRecord[];
  return movies.flatMap((movie, index) => toNewTitle(movie, index) ?? []);
}

/**
 * Creates the missing titles. Lists the existing ones first, because 100 titles per request are much cheaper than
 * 3,200 requests that return TITLE_EXISTS.
 *
 * @param onTitle called after each title with the number of existing ones
 * @returns the number of existing titles
 */
export async function seedMovies(
  edge: EdgeClient,
  movies: readonly NewTitle[],
  onTitle: (done: number, total: number) => void,
): Promise<number> {
  const existing = new Set<string>();
  for await (const title of listTitles(edge)) existing.add(titleFingerprint(title));

  const missing = movies.filter((movie) => !existing.has(titleFingerprint(movie)));
  let done = movies.length - missing.length;
  onTitle(done, movies.length);
  const limit = pLimit(CONCURRENT_TITLES);
  await limit.map(missing, async (movie) => {
    await createTitle(edge, movie);
    done += 1;
    onTitle(done, movies.length);
  });
  return done;
}
