/** A row of a list in a form. The key identifies it while its fields and its position change. */
export interface Row {
  readonly key: number;
}

let lastKey = 0;

export function newRowKey(): number {
  lastKey += 1;
  return lastKey;
}

/** Moves the row at `index` by `step` positions, but not beyond the ends of the list. */
export function moveRow<Item>(rows: readonly Item[], index: number, step: number): Item[] {
  const target = Math.min(rows.length - 1, Math.max(0, index + step));
  const others = rows.filter((_, position) => position !== index);
  return [...others.slice(0, target), ...rows.slice(index, index + 1), ...others.slice(target)];
}
