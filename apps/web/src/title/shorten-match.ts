import type { Schema } from '@viernes/api-client';

/** Enough to see the match in its sentence. */
const CONTEXT_CHARACTERS = 24;

/**
 * Returns the text, in parts, in which a search found a title: its people, or the sentence around the first match in its
 * synopsis. Empty if the name itself matches.
 */
export function shortenMatch({ name, people, synopsis }: Schema<'TitleHighlights'>): readonly string[] {
  if (name.length > 0) return [];
  if (people.length > 0) return people;
  const [before = '', ...others] = synopsis;
  const isShort = before.length <= CONTEXT_CHARACTERS;
  return others.length === 0 ? [] : [isShort ? before : `…${before.slice(-CONTEXT_CHARACTERS)}`, ...others];
}
