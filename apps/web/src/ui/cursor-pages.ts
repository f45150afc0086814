/** Options of a query that reads the pages of a list. The query reads them again whenever its component is mounted. */
export const CURSOR_PAGES = {
  initialPageParam: null as string | null,
  getNextPageParam: ({ nextCursor }: { readonly nextCursor: string | null }) => nextCursor,
  staleTime: 0,
};
