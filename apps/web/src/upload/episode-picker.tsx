import { useQuery } from '@tanstack/react-query';
import { t } from 'i18next';
import { Link } from 'react-router';
import { toMessage } from '../api/problem-messages.js';
import { listSeasons } from '../title/titles.js';
import { SelectField } from '../ui/field.js';
import { formatSeasonNumber } from '../title/title-facts.js';

export interface EpisodePickerProps {
  readonly titleId: string;
  readonly chosenId: string | null;
  readonly onChoose: (episodeId: string) => void;
}

/** Chooses the episode of a series to which a video belongs. */
export function EpisodePicker({ titleId, chosenId, onChoose }: EpisodePickerProps) {
  const { data, error } = useQuery({
    queryKey: ['seasons', titleId],
    queryFn: ({ signal }) => listSeasons(titleId, signal),
    staleTime: 0,
  });
  if (error) return <p className="form-problem">{toMessage(error)}</p>;
  if (!data) return null;
  const seasons = data.seasons.filter(({ episodes }) => episodes.length > 0);
  if (seasons.length === 0) {
    return (
      <p className="field-hint">
        {t('upload.noEpisodes')} <Link to={`/editor/titles/${titleId}/seasons/new`}>{t('upload.addSeason')}</Link>
      </p>
    );
  }
  return (
    <SelectField
      label={t('upload.episode')}
      required
      value={chosenId ?? ''}
      onChange={({ target }) => onChoose(target.value)}
    >
      <option value="" disabled>
        {t('upload.chooseEpisode')}
      </option>
      {seasons.map(({ number, episodes }) => (
        <optgroup key={number} label={formatSeasonNumber(number)}>
          {episodes.map((episode) => (
            <option key={episode.id} value={episode.id}>
              {episode.number}. {episode.name}
            </option>
          ))}
        </optgroup>
      ))}
    </SelectField>
  );
}
