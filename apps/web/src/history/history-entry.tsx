import type { Schema } from '@viernes/api-client';
import { t } from 'i18next';
import { Link } from 'react-router';
import { formatMoment } from '../language/format.js';
import { formatSeasonNumber, watchedFraction } from '../title/title-facts.js';
import { ProgressBar } from '../ui/progress-bar.js';

export interface HistoryEntryProps {
  readonly entry: Schema<'HistoryEntry'>;
  readonly isBusy: boolean;
  /** @param id of the film or the episode */
  readonly onRemove: (id: string) => void;
}

/** A watched film or episode with its time and progress. */
export function HistoryEntry({ entry, isBusy, onRemove }: HistoryEntryProps) {
  const { title, episode, watchedAt, isFinished } = entry;
  const episodeName = episode ? `${formatSeasonNumber(episode.seasonNumber)} · ${episode.name}` : undefined;
  return (
    <li>
      <div className="history-entry">
        <Link to={`/titles/${title.id}`}>{title.name}</Link>
        {episodeName === undefined ? null : <p>{episodeName}</p>}
        <p className="history-note">
          <time dateTime={watchedAt}>{formatMoment(watchedAt)}</time>
          {isFinished ? <> · {t('history.finished')}</> : null}
        </p>
        {isFinished ? null : <ProgressBar label={t('common.watched')} fraction={watchedFraction(entry)} />}
      </div>
      <button
        type="button"
        className="button button-quiet button-small"
        disabled={isBusy}
        aria-label={t('history.removeTitle', { name: episode?.name ?? title.name })}
        onClick={() => onRemove(episode?.id ?? title.id)}
      >
        {t('history.remove')}
      </button>
    </li>
  );
}
