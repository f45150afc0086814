import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { useSearchParams } from 'react-router';
import { toMessage } from '../api/problem-messages.js';
import { TitleCard } from '../title/title-card.js';
import { type TitleFilter, listTitles } from '../title/titles.js';
import { usePageTitle } from '../ui/use-page-title.js';
import { FilterBar } from './filter-bar.js';
import { SearchBox } from './search-box.js';
import { parseFilter, toParameters } from './title-filter.js';
import { useInfiniteScroll } from './use-infinite-scroll.js';
import './browse.css';

const PAGE_SIZE = 48;
const SKELETONS = Array.from({ length: 18 }, (_, index) => index);

export function BrowsePage() {
  usePageTitle('Browse');
  const [parameters, setParameters] = useSearchParams();
  const filter = parseFilter(parameters);
  const titles = useInfiniteQuery({
    queryKey: ['titles', filter],
    queryFn: ({ pageParam, signal }) => listTitles(filter, pageParam, PAGE_SIZE, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
    placeholderData: keepPreviousData,
  });
  const changeFilter = (change: Partial<TitleFilter>): void => {
    setParameters(toParameters({ ...filter, ...change }), { replace: true, preventScrollReset: true });
  };
  const listEnd = useInfiniteScroll(() => {
    if (titles.hasNextPage && !titles.isFetchingNextPage && !titles.isFetchNextPageError) void titles.fetchNextPage();
  });
  const found = titles.data?.pages.flatMap((page) => page.titles) ?? [];

  return (
    <div className="page">
      <h1 className="visually-hidden">Browse titles</h1>
      <search className="browse-bar">
        <SearchBox query={filter.query} onQuery={(query) => changeFilter({ query })} />
        <FilterBar filter={filter} onChange={changeFilter} />
      </search>
      <p className="browse-count" role="status">
        {titles.isSuccess ? describeCount(found.length, titles.hasNextPage) : ''}
      </p>
      {titles.isError && found.length === 0 ? (
        <p className="quiet-note browse-problem" role="alert">
          {toMessage(titles.error)}{' '}
          <button type="button" className="link-button" onClick={() => void titles.refetch()}>
            Try again
          </button>
        </p>
      ) : null}
      {titles.isSuccess && found.length === 0 ? (
        <p className="browse-empty">No titles match. Try another name or fewer filters.</p>
      ) : null}
      <ul className="browse-grid" aria-label="Titles" aria-busy={titles.isFetching}>
        {found.map((title) => (
          <li key={title.id}>
            <TitleCard title={title} />
          </li>
        ))}
        {titles.isPending
          ? SKELETONS.map((index) => <li key={index} className="card-skeleton" aria-hidden="true" />)
          : null}
      </ul>
      {titles.hasNextPage ? (
        <div className="browse-more" ref={listEnd}>
          <button
            type="button"
            className="button button-quiet"
            disabled={titles.isFetchingNextPage}
            onClick={() => void titles.fetchNextPage()}
          >
            {titles.isFetchingNextPage ? 'Loading more' : 'Load more'}
          </button>
        </div>
      ) : null}
    </div>
  );
}

function describeCount(count: number, hasMore: boolean): string {
  if (count === 0) return 'No titles';
  if (hasMore) return `First ${count} titles`;
  return count === 1 ? '1 title' : `${count} titles`;
}
