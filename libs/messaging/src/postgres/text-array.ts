/**
 * Texts as an array parameter (`$1::text[]`). What pg makes of an array by itself it escapes one by one; hardly any text needs that.
 * @see PostgreSQL manual, "Array Input and Output Syntax"
 */
export function textArray(values: readonly string[]): string {
  const needEscapes = /["\\]/.test(values.join(''));
  const safe = needEscapes ? values.map((value) => value.replace(/["\\]/g, '\\$&')) : values;
  return values.length === 0 ? '{}' : `{"${safe.join('","')}"}`;
}
