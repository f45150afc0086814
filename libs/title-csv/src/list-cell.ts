/** Matches an item, with or without quotes, up to the next separator. */
const itemPattern = (separator: string) => {
  const escaped = separator.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
  return new RegExp(`\\s*(?:"((?:[^"]|"")*)"\\s*(?=${escaped}|$)|((?:(?!${escaped})[^])*))(?:${escaped}|$)`, 'gy');
};

/**
 * Splits a cell that contains a list: `Tom, "Dick, Jr.", Harry`. Only an item that is completely in quotes can contain the
 * separator.
 *
 * @returns the items without surrounding white space, including empty ones
 */
export function splitList(cell: string, separator = ','): string[] {
  if (cell.trim() === '') return [];
  if (!cell.includes('"')) return cell.split(separator).map((item) => item.trim());
  const items: string[] = [];
  const pattern = itemPattern(separator);
  let isLast = false;
  while (!isLast) {
    const match = pattern.exec(cell);
    if (match === null) break;
    const [text, quoted, plain = ''] = match;
    items.push((quoted?.replaceAll('""', '"') ?? plain).trim());
    isLast = !text.endsWith(separator);
  }
  return items;
}

/** Matches an item that `splitList` would divide, or whose quotes it would remove. Ignores a nickname in quotes. */
const AMBIGUOUS = /,|^"(?![^"]+" [^"]*$)/;

/** Joins items so that `splitList` returns them again. */
export function joinList(items: readonly string[]): string {
  return items.map((item) => (AMBIGUOUS.test(item) ? `"${item.replaceAll('"', '""')}"` : item)).join(', ');
}
