import type { Schema } from '@viernes/api-client';

/** Enough to see the match in its sentence. */
const CONTEXT_CHARACTERS = 24;

/**
 * Returns the text of a title that matches a search: its people, or its synopsis from shortly before the first match.
 * The text is split into parts, of which every second one is a match. Empty if the name itself matches.
 */
export function shortenMatch({ name, people, synopsis }: Schema<'TitleHighlights'>): readonly string[] {
  if (name.length > 0) return [];
  if (people.length > 0) return people;
  const [before = '', ...others] = synopsis;
  const isShort = before.length <= CONTEXT_CHARACTERS;
  return others.length === 0 ? [] : [isShort ? before : `…${before.slice(-CONTEXT_CHARACTERS)}`, ...others];
}
