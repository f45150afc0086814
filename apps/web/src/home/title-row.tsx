import { useId } from 'react';
import { Link } from 'react-router';
import type { HomeRow } from '../api/types.js';
import { LeftIcon, RightIcon } from '../shell/icons.js';
import { TitleCard } from '../title/title-card.js';
import { useRowScroll } from './row-scroll.js';

/** A row that scrolls sideways: by touch and trackpad as the browser does it, by its two buttons, and by the focus ring. */
export function TitleRow({ row }: { readonly row: HomeRow }) {
  const headingId = useId();
  const { list, canGoBack, canGoOn, go } = useRowScroll(row.titles.length);
  const genre = /^genre[-:](.+)$/.test(row.id) ? row.name : undefined;
  return (
    <section className="row" aria-labelledby={headingId}>
      <div className="row-head">
        <h2 id={headingId}>{row.name}</h2>
        {genre ? (
          <Link
            className="row-more"
            to={`/browse?genre=${encodeURIComponent(genre)}`}
            aria-label={`All of ${row.name}`}
          >
            All
          </Link>
        ) : null}
        <div className="row-buttons">
          <button
            type="button"
            className="round-button"
            aria-label={`Back in ${row.name}`}
            disabled={!canGoBack}
            onClick={() => go(-1)}
          >
            <LeftIcon />
          </button>
          <button
            type="button"
            className="round-button"
            aria-label={`More in ${row.name}`}
            disabled={!canGoOn}
            onClick={() => go(1)}
          >
            <RightIcon />
          </button>
        </div>
      </div>
      <ul className="row-list" ref={list}>
        {row.titles.map((title) => (
          <li key={title.id}>
            <TitleCard title={title} />
          </li>
        ))}
      </ul>
    </section>
  );
}
