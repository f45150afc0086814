import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import type { Schema } from '@viernes/api-client';
import { t } from 'i18next';
import { useState } from 'react';
import { useSearchParams } from 'react-router';
import { toMessage } from '../api/problem-messages.js';
import { type TitleFilter, countTitles, listTitles } from '../title/titles.js';
import { FilterIcon } from '../ui/icons.js';
import { usePageTitle } from '../ui/use-page-title.js';
import { ActiveFilterList } from './active-filter-list.js';
import { listActiveFilters } from './active-filters.js';
import { FilterPanel } from './filter-panel.js';
import { SearchCombobox } from './search-combobox.js';
import { SortField } from './sort-field.js';
import { TitleGrid } from '../title/title-grid.js';
import { parseFilter, toParameters } from './title-filter.js';
import './browse.css';

const PAGE_SIZE = 48;
const PANEL_ID = 'filter-panel';

export function BrowsePage() {
  usePageTitle(t('browse.pageTitle'));
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
  const { sort: _, ...selection } = filter;
  const counts = useQuery({
    queryKey: ['title-facets', selection],
    queryFn: ({ signal }) => countTitles(selection, signal),
    placeholderData: keepPreviousData,
  });
  const pages = titles.data?.pages ?? [];
  const count = pages.reduce((sum, page) => sum + page.titles.length, 0);
  const activeCount = listActiveFilters(filter, undefined).length;

  /** Adds a history entry, except while typing, so that the back button returns to the previous filter. */
  const setFilter = (next: TitleFilter): void => {
    const isTyping = Boolean(next.query && filter.query && next.query !== filter.query);
    // Without flushSync, a checkbox would show its previous state for a moment, and a quick second change would undo
    // the first one.
    setParameters(toParameters(next), { replace: isTyping, preventScrollReset: true, flushSync: true });
  };
  const changeFilter = (change: TitleFilter): void => setFilter({ ...filter, ...change });

  return (
    <div className="page browse">
      <h1 className="visually-hidden">{t('browse.heading')}</h1>
      <search className="browse-bar">
        <SearchCombobox query={filter.query ?? ''} onQuery={(query) => changeFilter({ query, sort: undefined })} />
        <button
          type="button"
          className="button button-quiet filter-toggle"
          aria-expanded={isPanelOpen}
          aria-controls={PANEL_ID}
          onClick={() => setPanelOpen(!isPanelOpen)}
        >
          <FilterIcon />
          {activeCount === 0 ? t('browse.filters') : t('browse.filtersActive', { count: activeCount })}
        </button>
        <SortField filter={filter} onChange={changeFilter} />
      </search>
      <div className="browse-side" data-open={isPanelOpen}>
        <FilterPanel id={PANEL_ID} filter={filter} facets={counts.data?.facets} onChange={changeFilter} />
      </div>
      <div className="browse-results">
        <ActiveFilterList filter={filter} onFilter={setFilter} />
        <p className="browse-count" role="status">
          {titles.isSuccess ? describeCount(count, titles.hasNextPage, counts.data) : ''}
        </p>
        {titles.isSuccess && count === 0 ? <p className="browse-empty">{t('browse.noMatch')}</p> : null}
        <TitleGrid
          pages={pages}
          isPending={titles.isPending}
          isFetching={titles.isFetching}
          isFetchingMore={titles.isFetchingNextPage}
          onMore={titles.hasNextPage && !titles.isFetchNextPageError ? () => void titles.fetchNextPage() : undefined}
        />
        {titles.isFetchNextPageError || (titles.isError && count === 0) ? (
          <p className="quiet-note browse-problem" role="alert">
            {toMessage(titles.error)}{' '}
            <button
              type="button"
              className="link-button"
              onClick={() => void (titles.isFetchNextPageError ? titles.fetchNextPage() : titles.refetch())}
            >
              {t('common.tryAgain')}
            </button>
          </p>
        ) : null}
      </div>
    </div>
  );
}

/** @param counts undefined if they are not available */
function describeCount(loaded: number, hasMore: boolean, counts: Schema<'TitleFacets'> | undefined): string {
  const count = hasMore ? Math.max(loaded, counts?.total ?? 0) : loaded;
  if (count === 0) return t('browse.noTitles');
  const titles = t('common.titleCount', { count });
  return hasMore && (counts === undefined || counts.isLowerBound) ? t('browse.moreThan', { titles }) : titles;
}
