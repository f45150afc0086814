import { isMap, isScalar, parseDocument, type Pair, type YAMLMap } from 'yaml';

/** One value that people may set. */
export interface ValueRow {
  /** Keys joined by dots. */
  readonly path: string;
  /** As one would write it in YAML, on one line. */
  readonly standard: string;
  /** What the comment above it says; undefined where there is none. */
  readonly meaning: string | undefined;
}

export interface ValuesTable {
  /** Every path that leads to values, whether a row or above one: in the file's order. */
  readonly sections: ReadonlyMap<string, string>;
  readonly rows: readonly ValueRow[];
}

/**
 * Reads what a values.yaml says about itself: the comment lines directly above a key describe it.
 *
 * @param isWhole whether the map at this path is one value, not a section: nobody could list its keys
 * @throws YAMLParseError
 */
export function readValues(text: string, isWhole: (path: string) => boolean): ValuesTable {
  const document = parseDocument(text);
  if (document.errors[0] !== undefined) throw document.errors[0];
  const sections = new Map<string, string>();
  const rows: ValueRow[] = [];
  const walk = (map: YAMLMap, above: string, first: string | null | undefined) => {
    map.items.forEach((pair, index) => {
      const path = above === '' ? keyOf(pair) : `${above}.${keyOf(pair)}`;
      // The parser gives the comment above a map's first key to the map.
      const meaning = textOf(commentOf(pair) ?? (index === 0 ? first : undefined));
      if (isMap(pair.value) && pair.value.items.length > 0 && !isWhole(path)) {
        sections.set(path, meaning ?? '');
        walk(pair.value, path, pair.value.commentBefore);
      } else {
        rows.push({ path, standard: inline(pair.value), meaning });
      }
    });
  };
  if (isMap(document.contents)) walk(document.contents, '', document.commentBefore ?? document.contents.commentBefore);
  return { sections, rows };
}

function keyOf({ key }: Pair): string {
  return String(isScalar(key) ? key.value : key);
}

function commentOf({ key }: Pair): string | undefined {
  return (isScalar(key) ? key.commentBefore : undefined) ?? undefined;
}

function textOf(comment: string | null | undefined): string | undefined {
  const text = comment
    ?.split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .join(' ');
  return text === '' ? undefined : text;
}

function inline(value: unknown): string {
  const plain =
    isMap(value) || (typeof value === 'object' && value !== null && 'toJSON' in value) ? toPlain(value) : value;
  return write(plain);
}

function toPlain(value: object): unknown {
  return JSON.parse(JSON.stringify(value));
}

function write(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(write).join(', ')}]`;
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value).map(([key, inner]) => `${key}: ${write(inner)}`);
    return entries.length === 0 ? '{}' : `{ ${entries.join(', ')} }`;
  }
  if (value === '') return "''";
  // A text that looks like a number stays a text.
  return typeof value === 'string' && value !== '' && !Number.isNaN(Number(value)) ? `'${value}'` : String(value);
}
