import { createDice } from './dice.js';

export type Lettering = 'condensed' | 'wide' | 'quiet';

/** Selects the style of a poster's name by the title, and its size by the length of the longest word. */
export function selectLettering(
  titleId: string,
  name: string,
): { readonly style: Lettering; readonly size: 'l' | 'm' | 's' } {
  const longestWord = Math.max(...name.split(/[\s-]+/).map((word) => word.length), 1);
  const size = longestWord > 10 || name.length > 34 ? 's' : longestWord > 7 || name.length > 18 ? 'm' : 'l';
  return { style: createDice(`${titleId}/lettering`).pick(['condensed', 'wide', 'quiet']), size };
}
