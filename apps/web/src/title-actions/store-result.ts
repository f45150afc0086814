import type { QueryClient, QueryKey } from '@tanstack/react-query';

/** Stores the result of a change in the cache. Cancels a read in flight, whose response could be older than the change. */
export async function storeResult(queries: QueryClient, queryKey: QueryKey, result: unknown): Promise<void> {
  await queries.cancelQueries({ queryKey });
  queries.setQueryData(queryKey, result);
}
