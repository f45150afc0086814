import { SEPARATOR, UNSPACED } from './search-query.js';
import type { TextFolding } from './text-folding.js';
import type { TitleMatch } from './title-search.repository.js';

/**
 * The matches of a query in texts. Each text is split into segments: unmatched text, which can be empty, then a match, and
 * so on. Empty without a match.
 */
export interface TitleHighlights {
  readonly name: string[];
  /** The people with a match, separated by commas. */
  readonly people: string[];
  readonly synopsis: string[];
}

/** A word, or one character of a text without spaces. */
const TOKEN = new RegExp(`[${UNSPACED}]\\p{M}*|[^${SEPARATOR}${UNSPACED}]+`, 'gu');

/** Returns the highlights of each match. Folds the words of all matches in one call. */
export async function highlightMatches(
  matches: readonly TitleMatch[],
  folding: TextFolding,
): Promise<TitleHighlights[]> {
  const texts = matches.flatMap(({ title, people }) => [title.name, title.synopsis, ...people]);
  const folded = await folding.foldAll(texts.flatMap((text) => text.match(TOKEN) ?? []));
  return matches.map(({ title, people, words }) => {
    const highlight = (text: string): string[] => toSegments(text, words, folded);
    const found = people.filter((name) => highlight(name).length > 0);
    return { name: highlight(title.name), people: highlight(found.join(', ')), synopsis: highlight(title.synopsis) };
  });
}

function toSegments(
  text: string,
  words: readonly (readonly string[])[],
  folded: ReadonlyMap<string, string>,
): string[] {
  const exact = new Set(words.flat().flatMap((word) => word.split(' ')));
  const prefix = words.at(-1)?.[0];
  const tokens = [...text.matchAll(TOKEN)].map(({ 0: token, index: start }) => {
    return { start, end: start + token.length, word: folded.get(token) ?? token };
  });
  const isMatch = tokens.map(({ word }) => exact.has(word) || (prefix !== undefined && word.startsWith(prefix)));
  tokens.forEach((token, index) => {
    const next = tokens[index + 1];
    const isPair = next?.start === token.end && exact.has(token.word + next.word);
    if (isPair) isMatch[index] = isMatch[index + 1] = true;
  });
  const matches = tokens.filter((_, index) => isMatch[index]);
  if (matches.length === 0) return [];

  const segments: string[] = [];
  let position = 0;
  for (const { start, end } of matches) {
    const isAdjacent = start === position && segments.length > 0;
    if (isAdjacent) segments.push(`${segments.pop() ?? ''}${text.slice(start, end)}`);
    else segments.push(text.slice(position, start), text.slice(start, end));
    position = end;
  }
  return position < text.length ? [...segments, text.slice(position)] : segments;
}
