const cachedJson = new WeakMap<object, string>();

/** Caches the JSON of a row that many pages contain. The row must not change afterwards. */
export function cacheJson(row: object): void {
  cachedJson.set(row, JSON.stringify(row));
}

/** Serializes a page, with the cached JSON of its rows where it exists. */
export function toHomeJson({ rows, ...others }: { readonly rows: readonly object[] }): string {
  const texts = rows.map((row) => cachedJson.get(row) ?? JSON.stringify(row));
  return `{"rows":[${texts.join(',')}],${JSON.stringify(others).slice(1)}`;
}
