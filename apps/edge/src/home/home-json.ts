const remembered = new WeakMap<object, string>();

/** Stores the JSON of a row that many pages contain. The row must not change afterwards. */
export function rememberJson(row: object): void {
  remembered.set(row, JSON.stringify(row));
}

/** Serializes a page, with the stored JSON of its rows where it exists. */
export function toHomeJson({ rows, ...others }: { readonly rows: readonly object[] }): string {
  const texts = rows.map((row) => remembered.get(row) ?? JSON.stringify(row));
  return `{"rows":[${texts.join(',')}],${JSON.stringify(others).slice(1)}`;
}
