import type { HomeRow, HomeTitle } from '../api/types.js';

/** The title that opens the home screen: one that can be played and was not started yet, if there is any. */
export function featuredOf(rows: readonly HomeRow[]): HomeTitle | undefined {
  const titles = rows.flatMap((row) => row.titles);
  const started = new Set(titles.filter((title) => title.progress).map((title) => title.id));
  const playable = titles.filter((title) => title.isPlayable);
  return playable.find((title) => !started.has(title.id)) ?? playable[0] ?? titles[0];
}
