import type { Title } from '../title/title.js';

/** Maximum number of titles in a row. */
export const MAX_ROW_SIZE = 50;

/** The name and the stable ID of a row: `ready-to-watch`, `popular`, `genre-drama`. */
export interface HomeRowHeader {
  readonly id: string;
  readonly name: string;
}

export interface HomeRow extends HomeRowHeader {
  readonly titles: readonly Title[];
}

/** A row as it is stored: the IDs of its titles, best first. */
export interface HomeRowTitles extends HomeRowHeader {
  readonly titleIds: readonly string[];
}

export interface HomeRowEntry {
  readonly row: HomeRowHeader;
  readonly title: Title;
}

export const READY_TO_WATCH: HomeRowHeader = { id: 'ready-to-watch', name: 'Ready to watch' };
export const POPULAR: HomeRowHeader = { id: 'popular', name: 'Popular' };

/** Returns the row of a genre, with an ID such as `genre-science-fiction`. Letters of every script remain. */
export function toGenreRow(genre: string): HomeRowHeader {
  const words = genre.toLowerCase().split(/[^\p{L}\p{N}]+/u);
  return { id: `genre-${words.filter(Boolean).join('-')}`, name: genre };
}

/**
 * Returns at most `limit` rows, for the first genres. If two genres have the same row ID ("Sci-Fi", "Sci Fi"), only the
 * first gets a row.
 */
export function toGenreRows(genres: readonly string[], limit: number): HomeRowHeader[] {
  const rows = new Map<string, HomeRowHeader>();
  for (const row of genres.map(toGenreRow)) if (!rows.has(row.id)) rows.set(row.id, row);
  return [...rows.values()].slice(0, limit);
}

/** Groups entries, which are in the order of the page, into rows. */
export function toHomeRows(entries: readonly HomeRowEntry[]): HomeRow[] {
  const rows = new Map<string, HomeRowHeader & { titles: Title[] }>();
  for (const { row, title } of entries) {
    const existing = rows.get(row.id);
    if (existing) existing.titles.push(title);
    else rows.set(row.id, { ...row, titles: [title] });
  }
  return [...rows.values()];
}
