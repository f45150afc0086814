import type { QueryClient, QueryKey } from '@tanstack/react-query';

/** Lists the keys of the queries whose results can contain a title, except those that are read again on each mount. */
export const listTitleQueries = (id: string): readonly QueryKey[] => [
  ['title', id],
  ['changes', `titles/${id}`],
  ...['titles', 'title-facets', 'title-search', 'suggestions', 'related-titles'].map((name) => [name]),
];

/** Call it after a title has been created, changed, or restored. */
export function invalidateTitle(queries: QueryClient, id: string): void {
  for (const queryKey of listTitleQueries(id)) void queries.invalidateQueries({ queryKey });
}
