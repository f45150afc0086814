const remembered = new WeakMap<object, string>();

/** Serializes a row that many pages contain. It must not change. */
export function rememberJson(row: object): void {
  remembered.set(row, JSON.stringify(row));
}

/** Serializes a page, except for the rows that are remembered. */
export function toHomeJson({ rows, ...others }: { readonly rows: readonly object[] }): string {
  const texts = rows.map((row) => remembered.get(row) ?? JSON.stringify(row));
  return `{"rows":[${texts.join(',')}],${JSON.stringify(others).slice(1)}`;
}
