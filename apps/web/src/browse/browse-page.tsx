import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import type { Schema } from '@viernes/api-client';
import { useState } from 'react';
import { useSearchParams } from 'react-router';
import { toMessage } from '../api/problem-messages.js';
import { type TitleFilter, getHome, listTitles } from '../title/titles.js';
import { FilterIcon } from '../ui/icons.js';
import { usePageTitle } from '../ui/use-page-title.js';
import { ActiveFilterList } from './active-filter-list.js';
import { listActiveFilters } from './active-filters.js';
import { FilterPanel } from './filter-panel.js';
import { SearchBox } from './search-box.js';
import { SortField } from './sort-field.js';
import { TitleGrid } from './title-grid.js';
import { parseFilter, toParameters } from './title-filter.js';
import './browse.css';

const PAGE_SIZE = 48;
const PANEL_ID = 'filter-panel';

export function BrowsePage() {
  usePageTitle('Browse');
  const [parameters, setParameters] = useSearchParams();
  const [isPanelOpen, setPanelOpen] = useState(false);
  const filter = parseFilter(parameters);
  const titles = useInfiniteQuery({
    queryKey: ['titles', filter],
    queryFn: ({ pageParam, signal }) => listTitles(filter, pageParam, PAGE_SIZE, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
    placeholderData: keepPreviousData,
  });
  const genres = useGenres();
  const found = titles.data?.pages.flatMap((page) => page.titles) ?? [];
  const activeCount = listActiveFilters(filter, undefined).length;

  /** A new entry of the history, except while typing, so that the back button returns to the previous filter. */
  const setFilter = (next: TitleFilter): void => {
    const isTyping = Boolean(next.query && filter.query && next.query !== filter.query);
    // Without flushSync, a checkbox would show its previous state for a moment, and a quick second change would undo the first.
    setParameters(toParameters(next), { replace: isTyping, preventScrollReset: true, flushSync: true });
  };
  const changeFilter = (change: TitleFilter): void => setFilter({ ...filter, ...change });

  return (
    <div className="page browse">
      <h1 className="visually-hidden">Browse titles</h1>
      <search className="browse-bar">
        <SearchBox query={filter.query ?? ''} onQuery={(query) => changeFilter({ query, sort: undefined })} />
        <button
          type="button"
          className="button button-quiet filter-toggle"
          aria-expanded={isPanelOpen}
          aria-controls={PANEL_ID}
          onClick={() => setPanelOpen(!isPanelOpen)}
        >
          <FilterIcon />
          {activeCount === 0 ? 'Filters' : `Filters (${activeCount})`}
        </button>
        <SortField filter={filter} onChange={changeFilter} />
      </search>
      <div className="browse-side" data-open={isPanelOpen}>
        <FilterPanel
          id={PANEL_ID}
          filter={filter}
          options={{ genres, countries: [], languages: [] }}
          onChange={changeFilter}
        />
      </div>
      <div className="browse-results">
        <ActiveFilterList filter={filter} onFilter={setFilter} />
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
        <TitleGrid
          titles={found}
          isPending={titles.isPending}
          isFetching={titles.isFetching}
          isFetchingMore={titles.isFetchingNextPage}
          onMore={titles.hasNextPage && !titles.isFetchNextPageError ? () => void titles.fetchNextPage() : undefined}
        />
      </div>
    </div>
  );
}

function useGenres(): { readonly value: string }[] {
  const home = useQuery({ queryKey: ['home', undefined], queryFn: ({ signal }) => getHome(undefined, signal) });
  return listGenres(home.data?.rows ?? []).map((value) => ({ value }));
}

/** Lists the genres on the home page. */
function listGenres(rows: readonly Schema<'HomeRow'>[]): string[] {
  const genres = new Set(rows.flatMap((row) => row.titles.flatMap((title) => title.genres)));
  return [...genres].sort((one, other) => one.localeCompare(other));
}

function describeCount(count: number, hasMore: boolean): string {
  if (count === 0) return 'No titles';
  if (hasMore) return `First ${count} titles`;
  return count === 1 ? '1 title' : `${count} titles`;
}
