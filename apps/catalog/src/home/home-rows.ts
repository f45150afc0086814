import type { Title } from '../title/title.js';

export interface HomeRow {
  /** Stable: `ready-to-watch`, `popular`, `genre-drama`. */
  readonly id: string;
  readonly name: string;
  readonly titles: readonly Title[];
}

/** A title in one row; `genre` is set in the rows of genres. */
export interface HomePlace {
  readonly row: 'ready-to-watch' | 'popular' | 'genre';
  readonly genre: string | undefined;
  readonly title: Title;
}

const NAMES = { 'ready-to-watch': 'Ready to watch', popular: 'Popular' } as const;

/** `genre-science-fiction`. Letters of any script stay. */
export function genreRowId(genre: string): string {
  const words = genre.toLowerCase().split(/[^\p{L}\p{N}]+/u);
  return `genre-${words.filter(Boolean).join('-')}`;
}

/**
 * Places in order of rows become rows; a row without a title never comes to be. Of genres that differ only in what an id
 * leaves out ("Sci-Fi", "Sci Fi") the first, larger one gets the row.
 */
export function rowsOf(places: readonly HomePlace[]): HomeRow[] {
  const rows = new Map<string, { id: string; name: string; titles: Title[] }>();
  for (const { row, genre, title } of places) {
    const [id, name] = row === 'genre' ? [genreRowId(genre ?? ''), genre ?? ''] : [row, NAMES[row]];
    const known = rows.get(id) ?? { id, name, titles: [] };
    if (known.name === name) known.titles.push(title);
    rows.set(id, known);
  }
  return [...rows.values()];
}
