import type { Schema } from '@viernes/api-client';
import { t } from 'i18next';
import { memo, useId } from 'react';
import { Link } from 'react-router';
import { toGenreName } from './genre-name.js';
import { TitleCard } from './title-card.js';
import { LeftIcon, RightIcon } from '../ui/icons.js';
import { useRowScroll } from './use-row-scroll.js';
import './title-row.css';

export interface TitleRowProps {
  readonly row: Schema<'HomeRow'>;
  /** Removes a title from the row. */
  readonly onRemove?: ((title: Schema<'HomeTitle'>) => void) | undefined;
}

/** A row of titles that scrolls horizontally by touch, trackpad, keyboard focus and two buttons. */
export const TitleRow = memo(function TitleRow({ row, onRemove }: TitleRowProps) {
  const headingId = useId();
  const { list, canScrollBack, canScrollForward, scroll } = useRowScroll(row.titles.length);
  const name = toRowName(row);
  const allPath = toAllPath(row);
  return (
    <section className="row" aria-labelledby={headingId}>
      <div className="row-head">
        <h2 id={headingId}>{name}</h2>
        {allPath ? (
          <Link className="row-more" to={allPath}>
            {t('title.all')} <span className="visually-hidden">{t('title.allOfRow', { row: name })}</span>
          </Link>
        ) : null}
        {canScrollBack || canScrollForward ? (
          <div className="row-buttons">
            <button
              type="button"
              className="round-button"
              aria-label={t('title.rowBack', { row: name })}
              disabled={!canScrollBack}
              onClick={() => scroll(-1)}
            >
              <LeftIcon />
            </button>
            <button
              type="button"
              className="round-button"
              aria-label={t('title.rowForward', { row: name })}
              disabled={!canScrollForward}
              onClick={() => scroll(1)}
            >
              <RightIcon />
            </button>
          </div>
        ) : null}
      </div>
      <ul className="title-row-list" ref={list}>
        {row.titles.map((title) => (
          <li key={title.id}>
            <TitleCard title={title} onRemove={onRemove} />
          </li>
        ))}
      </ul>
    </section>
  );
});

/** Returns the path of the page with all titles of a row. Undefined if there is none. */
function toAllPath({ id, name }: Schema<'HomeRow'>): string | undefined {
  if (id === 'my-list') return '/my-list';
  return /^genre[-:]/.test(id) ? `/browse?genre=${encodeURIComponent(name)}` : undefined;
}

/** Returns the translated name of a row. A row that is not listed here has the name of a genre. */
function toRowName({ id, name }: Schema<'HomeRow'>): string {
  if (id === 'continue-watching') return t('home.rows.continueWatching');
  if (id === 'my-list') return t('myList.heading');
  if (id === 'ready-to-watch') return t('home.rows.readyToWatch');
  return id === 'popular' ? t('home.rows.popular') : toGenreName(name);
}
