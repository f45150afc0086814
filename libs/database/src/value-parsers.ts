import pg from 'pg';

/** Not among the builtins of pg. */
const TEXT_ARRAY_OID: number = 1_009;

const TIMESTAMP = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?:\.\d+)?[+-]\d\d$/;

type Parse = (text: string) => unknown;

const parseAnyArray = pg.types.getTypeParser(TEXT_ARRAY_OID) as Parse;
const parseAnyTimestamp = pg.types.getTypeParser(pg.types.builtins.TIMESTAMPTZ) as Parse;

/**
 * Parses values of the most frequent types in lists. The parsers of pg, which remain in use for rare values, create an
 * object for each character of an array, and match a timestamp against four patterns.
 */
const PARSERS: ReadonlyMap<number, Parse> = new Map([
  [TEXT_ARRAY_OID, parseTextArray],
  [pg.types.builtins.TIMESTAMPTZ, parseTimestamp],
]);

/** The types of a pool: `new pg.Pool({ types: VALUE_TYPES })`. */
export const VALUE_TYPES: pg.CustomTypesConfig = {
  getTypeParser: (oid: number, format?: 'text' | 'binary') =>
    (format === 'binary' ? undefined : PARSERS.get(oid)) ?? pg.types.getTypeParser(oid, format),
};

/** Splits `{Drama,"Science fiction"}`. */
function parseTextArray(text: string): unknown {
  // Escaped characters, further dimensions, explicit bounds.
  if (text.includes('\\') || text.lastIndexOf('{') > 0 || !text.startsWith('{')) return parseAnyArray(text);
  const values: (string | null)[] = [];
  const end = text.length - 1;
  for (let start = 1; start < end;) {
    const isQuoted = text[start] === '"';
    const found = isQuoted ? text.indexOf('"', start + 1) : text.indexOf(',', start);
    const valueEnd = found === -1 ? end : found;
    const value = text.slice(isQuoted ? start + 1 : start, valueEnd);
    values.push(value === 'NULL' && !isQuoted ? null : value);
    start = valueEnd + (isQuoted ? 2 : 1);
  }
  return values;
}

/** Parses `2026-06-05 20:15:00.123+00` as ISO 8601. */
function parseTimestamp(text: string): unknown {
  if (!TIMESTAMP.test(text)) return parseAnyTimestamp(text);
  return new Date(`${text.slice(0, 10)}T${text.slice(11)}:00`);
}
