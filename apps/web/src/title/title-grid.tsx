import type { Schema } from '@viernes/api-client';
import { t } from 'i18next';
import { TitleCard } from './title-card.js';
import { useInfiniteScroll } from './use-infinite-scroll.js';
import './title-grid.css';

const SKELETONS = Array.from({ length: 18 }, (_, index) => index);

interface TitleGridPage {
  readonly titles: Schema<'TitlePage'>['titles'];
  /** In the order of the titles, if they match a search. */
  readonly highlights?: Schema<'TitlePage'>['highlights'];
}

export interface TitleGridProps {
  readonly label?: string;
  readonly pages: readonly TitleGridPage[];
  /** Whether the first page is loading. */
  readonly isPending: boolean;
  readonly isFetching: boolean;
  readonly isFetchingMore: boolean;
  /** Loads the next page. Undefined on the last one. */
  readonly onMore: (() => void) | undefined;
}

/** A grid of titles that grows when its end comes near the viewport. */
export function TitleGrid({ label, pages, isPending, isFetching, isFetchingMore, onMore }: TitleGridProps) {
  const listEnd = useInfiniteScroll(() => {
    if (!isFetchingMore) onMore?.();
  });
  return (
    <>
      <ul className="title-grid" aria-label={label ?? t('title.titles')} aria-busy={isFetching}>
        {pages.map(({ titles, highlights }) =>
          titles.map((title, index) => (
            <li key={title.id}>
              <TitleCard title={title} highlights={highlights?.[index]} />
            </li>
          )),
        )}
        {isPending ? SKELETONS.map((index) => <li key={index} className="card-skeleton" aria-hidden="true" />) : null}
      </ul>
      {onMore ? (
        <div className="title-grid-more" ref={listEnd}>
          <button type="button" className="button button-quiet" disabled={isFetchingMore} onClick={onMore}>
            {isFetchingMore ? t('title.loadingMore') : t('title.loadMore')}
          </button>
        </div>
      ) : null}
    </>
  );
}
