import { useSearchParams } from 'react-router';
import { sentenceOf } from '../api/problem.js';
import type { TitleFilter } from '../api/titles.js';
import { usePageTitle } from '../shell/page-title.js';
import { TitleCard } from '../title/title-card.js';
import { FilterBar } from './filter-bar.js';
import { SearchBox } from './search-box.js';
import { filterOf, parametersOf } from './title-filter.js';
import { useMoreOnSight } from './more-on-sight.js';
import { useTitles } from './use-titles.js';
import './browse.css';

const SKELETONS = Array.from({ length: 18 }, (_, index) => index);

export function BrowsePage() {
  usePageTitle('Browse');
  const [parameters, setParameters] = useSearchParams();
  const filter = filterOf(parameters);
  const titles = useTitles(filter);
  const change = (part: Partial<TitleFilter>): void => {
    setParameters(parametersOf({ ...filter, ...part }), { replace: true, preventScrollReset: true });
  };
  const more = useMoreOnSight(() => {
    if (titles.hasNextPage && !titles.isFetchingNextPage && !titles.isFetchNextPageError) void titles.fetchNextPage();
  });
  const found = titles.data?.pages.flatMap((page) => page.titles) ?? [];

  return (
    <div className="page">
      <h1 className="visually-hidden">Browse titles</h1>
      <search className="browse-bar">
        <SearchBox query={filter.query} onQuery={(query) => change({ query })} />
        <FilterBar filter={filter} onChange={change} />
      </search>
      <p className="browse-count" role="status">
        {titles.isSuccess ? countText(found.length, titles.hasNextPage) : ''}
      </p>
      {titles.isError && found.length === 0 ? (
        <p className="quiet-note browse-problem" role="alert">
          {sentenceOf(titles.error)}{' '}
          <button type="button" className="link-button" onClick={() => void titles.refetch()}>
            Try again
          </button>
        </p>
      ) : null}
      {titles.isSuccess && found.length === 0 ? (
        <p className="browse-empty">Nothing here by that name. Try fewer letters or fewer filters.</p>
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
        <div className="browse-more" ref={more}>
          <button
            type="button"
            className="button button-quiet"
            disabled={titles.isFetchingNextPage}
            onClick={() => void titles.fetchNextPage()}
          >
            {titles.isFetchingNextPage ? 'Loading more' : 'More titles'}
          </button>
        </div>
      ) : null}
    </div>
  );
}

function countText(count: number, hasMore: boolean): string {
  if (count === 0) return 'No titles';
  if (hasMore) return `Showing the first ${count} titles`;
  return count === 1 ? '1 title' : `${count} titles`;
}
