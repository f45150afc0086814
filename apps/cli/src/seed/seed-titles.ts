import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { NewTitle } from '@viernes/title-csv';
import type { EdgeClient } from '../edge/edge-client.js';
import { postTitles } from '../import/post-titles.js';
import { toNewTitle, type MovieRecord } from './movie-title.js';

const BATCH_TITLES = 200;

/** Reads the movies of the data set that have a name. */
export async function readMovies(): Promise<NewTitle[]> {
  const build = dirname(createRequire(import.meta.url).resolve('vega-datasets'));
  const movies = JSON.parse(await readFile(join(build, '../data/movies.json'), 'utf8')) as MovieRecord[];
  return movies.flatMap((movie, index) => toNewTitle(movie, index) ?? []);
}

/**
 * Imports titles. Restores changed ones, but not those that an editor has deleted.
 *
 * @param onTitles called after each batch with the number of imported titles
 */
export async function seedTitles(
  edge: EdgeClient,
  titles: readonly NewTitle[],
  onTitles: (done: number, total: number) => void,
): Promise<void> {
  const send = postTitles(edge, false);
  for (let done = 0; done < titles.length; done += BATCH_TITLES) {
    const batch = titles.slice(done, done + BATCH_TITLES);
    await send(batch);
    onTitles(done + batch.length, titles.length);
  }
}
