import type { Schema } from '@viernes/api-client';
import { t } from 'i18next';
import { memo } from 'react';
import { Link } from 'react-router';
import { Poster } from '../poster/poster.js';
import { Highlighted } from '../ui/highlighted.js';
import { CloseIcon, PlayIcon } from '../ui/icons.js';
import { ProgressBar } from '../ui/progress-bar.js';
import { toGenreName } from './genre-name.js';
import { shortenMatch } from './shorten-match.js';
import { formatSeasonNumber, listFacts, watchedFraction } from './title-facts.js';
import './title-card.css';

export interface TitleCardProps {
  readonly title: Schema<'HomeTitle'>;
  /** The matches of a search. */
  readonly highlights?: Schema<'TitleHighlights'> | undefined;
  /** Removes the title from the list. */
  readonly onRemove?: ((title: Schema<'HomeTitle'>) => void) | undefined;
}

/** A title in a row or a grid. The link, which CSS stretches over the card, opens the title page or the player. */
export const TitleCard = memo(function TitleCard({ title, highlights, onRemove }: TitleCardProps) {
  const { progress, episode } = title;
  const match = highlights ? shortenMatch(highlights) : [];
  return (
    <article className="card">
      <div className="card-poster">
        <Poster title={title} />
        {title.isPlayable ? (
          <span className="card-playable" aria-hidden="true">
            <PlayIcon />
          </span>
        ) : null}
        {progress && progress.positionMs > 0 ? (
          <ProgressBar className="card-progress" label={t('common.watched')} fraction={watchedFraction(progress)} />
        ) : null}
      </div>
      <Link className="card-link" to={progress ? `/watch/${title.id}` : `/titles/${title.id}`} draggable={false}>
        {progress ? (
          <span className="visually-hidden">{progress.positionMs > 0 ? t('common.resume') : t('common.play')} </span>
        ) : null}
        {highlights?.name.length ? <Highlighted parts={highlights.name} /> : title.name}
      </Link>
      <span className="card-facts">
        {(episode
          ? [formatSeasonNumber(episode.seasonNumber), episode.name]
          : [...listFacts(title).slice(0, 2), ...title.genres.slice(0, 1).map(toGenreName)]
        ).join(' · ')}
      </span>
      {onRemove ? (
        <button
          type="button"
          className="card-remove"
          aria-label={t('history.removeTitle', { name: title.name })}
          onClick={() => onRemove(title)}
        >
          <CloseIcon />
        </button>
      ) : null}
      {match.length > 0 ? (
        <span className="card-match">
          <Highlighted parts={match} />
        </span>
      ) : null}
    </article>
  );
});
