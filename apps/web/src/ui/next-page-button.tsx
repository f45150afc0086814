interface NextPageButtonProps {
  /** The result of useInfiniteQuery. */
  readonly pages: {
    readonly hasNextPage: boolean;
    readonly isFetching: boolean;
    readonly fetchNextPage: () => Promise<unknown>;
  };
  readonly text: string;
}

/** Reads the next page of a list. Not shown on the last page. */
export function NextPageButton({ pages: { hasNextPage, isFetching, fetchNextPage }, text }: NextPageButtonProps) {
  if (!hasNextPage) return null;
  return (
    <button
      type="button"
      className="button button-quiet button-small"
      disabled={isFetching}
      onClick={() => void fetchNextPage()}
    >
      {text}
    </button>
  );
}
