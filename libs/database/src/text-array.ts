/**
 * Formats strings as an array parameter (`$1::text[]`). pg escapes the elements of an array one by one, and few strings
 * need it.
 * @see PostgreSQL manual, "Array Input and Output Syntax"
 */
export function textArray(values: readonly string[]): string {
  const needsEscapes = /["\\]/.test(values.join(''));
  const safe = needsEscapes ? values.map((value) => value.replace(/["\\]/g, '\\$&')) : values;
  return values.length === 0 ? '{}' : `{"${safe.join('","')}"}`;
}
