const WORD = /[\p{L}\p{M}\p{N}]+/gu;

/**
 * Marks the beginnings of words that match a query. Ignores case and accents. The search also replaces letters such as ł,
 * so it can find words that are not marked.
 *
 * @returns the name in parts, of which every second one is a match
 */
export function markWords(name: string, query: string): string[] {
  const typed = (query.match(WORD) ?? []).map(fold);
  const parts: string[] = [];
  let position = 0;
  for (const { 0: word, index } of name.matchAll(WORD)) {
    const length = Math.max(0, ...typed.map((each) => matchedLength(word, each)));
    if (length === 0) continue;
    parts.push(name.slice(position, index), name.slice(index, index + length));
    position = index + length;
  }
  return [...parts, name.slice(position)];
}

/** Returns the length of the prefix of a word that matches the typed word, or 0. */
function matchedLength(word: string, typed: string): number {
  if (!fold(word).startsWith(typed)) return 0;
  let end = 0;
  for (const character of word) {
    const isComplete = fold(word.slice(0, end)).length >= typed.length;
    // A combining accent belongs to the character before it.
    if (isComplete && fold(character) !== '') break;
    end += character.length;
  }
  return end;
}

function fold(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
}
