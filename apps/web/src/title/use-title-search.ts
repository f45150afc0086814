import { queryOptions, useQuery } from '@tanstack/react-query';
import type { Schema } from '@viernes/api-client';
import { listTitles } from './titles.js';

export interface TitleSearch {
  readonly titles: readonly Schema<'Title'>[];
  readonly hasNoMatch: boolean;
  readonly error: Error | null;
}

/** Searches for titles to edit, including hidden ones. An empty query finds none. */
export function useTitleSearch(query: string, maxResults: number): TitleSearch {
  const { data, error } = useQuery({ ...titleSearch(query, maxResults), enabled: query !== '' });
  const titles = data?.titles ?? [];
  return { titles, hasNoMatch: data !== undefined && titles.length === 0, error };
}

export const titleSearch = (query: string, maxResults: number) =>
  queryOptions({
    queryKey: ['title-search', query, maxResults],
    queryFn: ({ signal }) => listTitles({ query, includeHidden: 'true' }, null, maxResults, signal),
  });
