import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { listTitles, type TitleFilter } from '../api/titles.js';

const PAGE_SIZE = 48;

/** Titles that pass a filter, page after page. */
export function useTitles(filter: TitleFilter) {
  return useInfiniteQuery({
    queryKey: ['titles', filter],
    queryFn: ({ pageParam, signal }) => listTitles(filter, pageParam, PAGE_SIZE, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
    placeholderData: keepPreviousData,
  });
}
