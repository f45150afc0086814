import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import pLimit from 'p-limit';
import type { EdgeClient } from '../edge/edge-client.js';
import { listTitles, makeTitle, titleFingerprint, type NewTitle } from '../edge/titles.js';
import { movieTitle } from './movie-title.js';
import type { MovieRecord } from './movie-title.js';

const TITLES_AT_ONCE = 8;

/** The films of the data set that have a name. */
export async function readMovies(): Promise<NewTitle[]> {
  const build = dirname(createRequire(import.meta.url).resolve('vega-datasets'));
  const movies = JSON.parse(await readFile(join(build, '../data/movies.json'), 'utf8')) as MovieRecord[];
  return movies.flatMap((movie, index) => movieTitle(movie, index) ?? []);
}

/**
 * Makes the titles that are not there yet. Asks for all that are there first: a hundred titles a request is far
 * cheaper than three thousand refusals.
 *
 * @param onTitle called after each title with how many are there
 * @returns how many are there
 */
export async function seedMovies(
  edge: EdgeClient,
  movies: readonly NewTitle[],
  onTitle: (done: number, total: number) => void,
): Promise<number> {
  const there = new Set<string>();
  for await (const title of listTitles(edge)) there.add(titleFingerprint(title));

  const missing = movies.filter((movie) => !there.has(titleFingerprint(movie)));
  let done = movies.length - missing.length;
  onTitle(done, movies.length);
  const limit = pLimit(TITLES_AT_ONCE);
  await limit.map(missing, async (movie) => {
    await makeTitle(edge, movie);
    done += 1;
    onTitle(done, movies.length);
  });
  return done;
}
