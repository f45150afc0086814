import { diceOf } from './seed.js';

export type Lettering = 'condensed' | 'wide' | 'quiet';

/** How a poster's name is set: the voice belongs to the title, the size to the length of its longest word. */
export function letteringOf(
  titleId: string,
  name: string,
): { readonly voice: Lettering; readonly size: 'l' | 'm' | 's' } {
  const longestWord = Math.max(...name.split(/[\s-]+/).map((word) => word.length), 1);
  const size = longestWord > 10 || name.length > 34 ? 's' : longestWord > 7 || name.length > 18 ? 'm' : 'l';
  return { voice: diceOf(`${titleId}/lettering`).pick(['condensed', 'wide', 'quiet']), size };
}
