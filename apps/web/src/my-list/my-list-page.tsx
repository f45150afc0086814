import { useInfiniteQuery } from '@tanstack/react-query';
import type { Schema } from '@viernes/api-client';
import { t } from 'i18next';
import { toMessage } from '../api/problem-messages.js';
import { readData } from '../api/problem.js';
import { edge } from '../session/edge-client.js';
import { useProfileId } from '../session/use-session.js';
import { TitleGrid } from '../title/title-grid.js';
import { usePageTitle } from '../ui/use-page-title.js';
import './my-list.css';

const PAGE_SIZE = 48;

const listMyList = (cursor: string | null, signal: AbortSignal): Promise<Schema<'MyListPage'>> =>
  readData(
    edge.GET('/v1/my-list', {
      params: { query: { pageSize: PAGE_SIZE, ...(cursor !== null && { cursor }) } },
      signal,
    }),
  );

/** The titles in the list of the profile, latest first. */
export function MyListPage() {
  const profileId = useProfileId();
  const list = useInfiniteQuery({
    queryKey: ['my-list'],
    queryFn: ({ pageParam, signal }) => listMyList(pageParam, signal),
    initialPageParam: null as string | null,
    getNextPageParam: ({ nextCursor }) => nextCursor,
    enabled: profileId !== undefined,
    // Other devices can change the list.
    staleTime: 0,
  });
  usePageTitle(t('myList.heading'));
  const pages = list.data?.pages ?? [];
  const isEmpty = list.isSuccess && !list.hasNextPage && pages.every(({ titles }) => titles.length === 0);
  return (
    <div className="page my-list">
      <h1>{t('myList.heading')}</h1>
      {list.isError ? (
        <p className="quiet-note my-list-note" role="alert">
          {toMessage(list.error)}{' '}
          <button type="button" className="link-button" onClick={() => void list.refetch()}>
            {t('common.tryAgain')}
          </button>
        </p>
      ) : null}
      {isEmpty ? <p className="quiet-note my-list-note">{t('myList.empty')}</p> : null}
      <TitleGrid
        label={t('myList.heading')}
        pages={pages}
        isPending={list.isPending}
        isFetching={list.isFetching}
        isFetchingMore={list.isFetchingNextPage}
        onMore={list.hasNextPage && !list.isFetchNextPageError ? () => void list.fetchNextPage() : undefined}
      />
    </div>
  );
}
