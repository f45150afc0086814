import { memo } from 'react';
import { Link } from 'react-router';
import type { HomeTitle } from '../api/types.js';
import { Poster } from '../poster/poster.js';
import { PlayIcon } from '../shell/icons.js';
import { factsOf, watchedPart } from './facts.js';
import './title-card.css';

/** One title in a row or a grid; a link to its page, or straight on with the film when it has been started. */
export const TitleCard = memo(function TitleCard({ title }: { readonly title: HomeTitle }) {
  const { progress } = title;
  const part = progress ? watchedPart(progress) : 0;
  return (
    <Link
      to={progress ? `/watch/${title.id}` : `/titles/${title.id}`}
      className="card"
      aria-label={progress ? `Resume ${title.name}` : title.name}
      draggable={false}
    >
      <div className="card-poster">
        <Poster title={title} />
        {title.isPlayable ? (
          <span className="card-playable" aria-hidden="true">
            <PlayIcon />
          </span>
        ) : null}
        {progress ? (
          <div
            className="bar card-progress"
            role="progressbar"
            aria-label="Watched"
            aria-valuenow={Math.round(part * 100)}
          >
            <span style={{ inlineSize: `${part * 100}%` }} />
          </div>
        ) : null}
      </div>
      <span className="card-name">{title.name}</span>
      <span className="card-facts">{[...factsOf(title).slice(0, 2), title.genres[0]].filter(Boolean).join(' · ')}</span>
    </Link>
  );
});
