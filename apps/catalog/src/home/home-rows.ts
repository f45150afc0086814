import type { Title } from '../title/title.js';

export interface HomeRow {
  /** Stable: `ready-to-watch`, `popular`, `genre-drama`. */
  readonly id: string;
  readonly name: string;
  readonly titles: readonly Title[];
}

/** A title in one row. Only entries of genre rows have a genre. */
export interface HomeRowEntry {
  readonly row: 'ready-to-watch' | 'popular' | 'genre';
  readonly genre: string | undefined;
  readonly title: Title;
}

const NAMES = { 'ready-to-watch': 'Ready to watch', popular: 'Popular' } as const;

/** Returns a row ID such as `genre-science-fiction`. Letters of every script remain. */
export function toGenreRowId(genre: string): string {
  const words = genre.toLowerCase().split(/[^\p{L}\p{N}]+/u);
  return `genre-${words.filter(Boolean).join('-')}`;
}

/**
 * Groups entries into home rows. Omits empty rows. If two genres have the same row ID ("Sci-Fi", "Sci Fi"), the first one,
 * which is larger, gets the row.
 */
export function toHomeRows(entries: readonly HomeRowEntry[]): HomeRow[] {
  const rows = new Map<string, { id: string; name: string; titles: Title[] }>();
  for (const { row, genre, title } of entries) {
    const [id, name] = row === 'genre' ? [toGenreRowId(genre ?? ''), genre ?? ''] : [row, NAMES[row]];
    const existing = rows.get(id) ?? { id, name, titles: [] };
    if (existing.name === name) existing.titles.push(title);
    rows.set(id, existing);
  }
  return [...rows.values()];
}
