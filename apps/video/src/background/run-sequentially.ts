/**
 * Processes items one after the other. A failed item does not stop the others.
 *
 * @throws AggregateError with the errors of the failed items
 */
export async function runSequentially<Item>(
  items: readonly Item[],
  work: (item: Item) => Promise<void>,
): Promise<void> {
  const errors: unknown[] = [];
  for (const item of items) await work(item).catch((error: unknown) => errors.push(error));
  if (errors.length > 0) throw new AggregateError(errors, `${errors.length} of ${items.length} items failed`);
}
