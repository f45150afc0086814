/**
 * Builds the text of a tsquery: one of the alternatives of each word. The first alternative of the last word is a prefix,
 * because the user can still be typing it.
 */
export function toTsQuery(words: readonly (readonly string[])[]): string {
  const terms = words.map((alternatives, index) => {
    const lexemes = alternatives.map(quoteLexemes);
    if (index === words.length - 1) lexemes[0] += ':*';
    return `(${lexemes.join(' | ')})`;
  });
  return terms.join(' & ');
}

/** Quotes a word, or several words that follow each other. */
function quoteLexemes(words: string): string {
  const lexemes = words.split(' ').map((word) => `'${word.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`);
  return lexemes.length > 1 ? `(${lexemes.join(' <-> ')})` : lexemes.join('');
}

export interface SimilarWord {
  readonly typed: string;
  /** Two words with a space if the user omitted it. */
  readonly word: string;
  /** Number of typing errors between both. */
  readonly distance: number;
}

/** Returns the alternatives of each typed word: itself, then the similar words with the fewest typing errors. */
export function toAlternatives(typed: readonly string[], similar: readonly SimilarWord[]): string[][] {
  return typed.map((word) => {
    const candidates = similar.filter((each) => each.typed === word);
    const fewest = Math.min(...candidates.map(({ distance }) => distance));
    return [word, ...candidates.filter(({ distance }) => distance === fewest).map((each) => each.word)];
  });
}
