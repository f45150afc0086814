import type { HomeRow } from '../api/types.js';

/**
 * The genres to offer as filters: those on the home screen, which shows the catalogue's breadth, and the one asked for.
 * The API has no list of genres of its own.
 */
export function genresIn(rows: readonly HomeRow[], asked: string): string[] {
  const genres = new Set(rows.flatMap((row) => row.titles.flatMap((title) => title.genres)));
  if (asked) genres.add(asked);
  return [...genres].sort((one, other) => one.localeCompare(other));
}
