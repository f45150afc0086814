/** The characters of languages without spaces between words. The database splits runs of them into overlapping pairs. */
export const UNSPACED =
  '\\u3005-\\u3007\\u3041-\\u3096\\u309D-\\u309F\\u30A1-\\u30FA\\u30FC-\\u30FF\\u3400-\\u4DBF\\u4E00-\\u9FFF\\uF900-\\uFAFF\\u{20000}-\\u{323AF}';
export const SEPARATOR = '\\p{P}\\p{S}\\p{Z}\\p{C}';
const WORD = new RegExp(`[${UNSPACED}]+|[^${SEPARATOR}${UNSPACED}]+`, 'gu');
const UNSPACED_CHARACTER = new RegExp(`^[${UNSPACED}]$`, 'u');

/**
 * Splits a folded query as `to_words` of the database splits names, but without the separate last character of a text
 * without spaces.
 */
export function toWords(folded: string): string[] {
  const words = (folded.match(WORD) ?? []).flatMap((word) => {
    const characters = [...word];
    if (characters.length < 2 || !isUnspaced(characters[0] ?? '')) return [word];
    return characters.slice(1).map((character, index) => `${characters[index]}${character}`);
  });
  return [...new Set(words)];
}

/**
 * Returns whether the query is one word of at most two characters. As a prefix, it matches so many words that reading
 * the most prominent titles takes less time than reading the index entries of these words.
 */
export function isShort(words: readonly string[]): boolean {
  return words.length === 1 && [...(words[0] ?? '')].length <= 2;
}

export function isUnspaced(character: string): boolean {
  return UNSPACED_CHARACTER.test(character);
}

/**
 * Builds the text of a tsquery that requires one of the alternatives of each word. The first alternative of the last
 * word is a prefix, because the user can still be typing it. A single unspaced character is a prefix of the pairs that
 * begin with it.
 */
export function toTsQuery(words: readonly (readonly string[])[]): string {
  return words.map((alternatives, index) => toTerm(alternatives, index === words.length - 1)).join(' & ');
}

/**
 * Builds the texts of two tsqueries from the words of a query.
 *
 * @param completions the words that begin with the last one, if they are known
 * @param common words that many titles contain
 * @returns `strict`, which requires all words, and `indexed`, which finds at least the same titles in less time: it
 * omits common words, unless all words are common
 */
export function toTsQueries(
  words: readonly string[],
  completions: readonly string[] | undefined,
  common: ReadonlySet<string>,
): { readonly strict: string; readonly indexed: string } {
  const last = words.length - 1;
  const terms = words.map((word, index) =>
    index === last && completions ? toTerm(completions, false) : toTerm([word], index === last),
  );
  const strict = terms.join(' & ');
  return { strict, indexed: terms.filter((_, index) => !common.has(words[index] ?? '')).join(' & ') || strict };
}

function toTerm(alternatives: readonly string[], isPrefix: boolean): string {
  const lexemes = alternatives.map(quoteLexemes);
  if (isPrefix || isUnspaced(alternatives[0] ?? '')) lexemes[0] += ':*';
  return `(${lexemes.join(' | ')})`;
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
