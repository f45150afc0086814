import { useQuery } from '@tanstack/react-query';
import type { Schema } from '@viernes/api-client';
import { t } from 'i18next';
import { Link } from 'react-router';
import { formatDuration } from '../language/format.js';
import { formatSeasonNumber } from './title-facts.js';
import { listSeasons } from './titles.js';
import './seasons.css';

/** The seasons of a series. Shows nothing until they are known, and for a series without seasons. */
export function Seasons({ titleId }: { readonly titleId: string }) {
  const { data } = useQuery({
    queryKey: ['seasons', titleId],
    queryFn: ({ signal }) => listSeasons(titleId, signal),
  });
  return data?.seasons.map((season, index) => (
    <details key={season.number} className="season" open={index === 0}>
      <summary>
        <h2>{formatSeason(season)}</h2>
        <span className="season-size">{t('title.episodeCount', { count: season.episodes.length })}</span>
      </summary>
      {season.synopsis === '' ? null : <p>{season.synopsis}</p>}
      <ol className="episodes">
        {season.episodes.map((episode) => (
          <li key={episode.id} value={episode.number}>
            <EpisodeName titleId={titleId} episode={episode} />
            <span className="episode-facts">{formatRuntime(episode)}</span>
            {episode.synopsis === '' ? null : <p>{episode.synopsis}</p>}
          </li>
        ))}
      </ol>
    </details>
  ));
}

interface EpisodeNameProps {
  readonly titleId: string;
  readonly episode: Schema<'Episode'>;
}

function EpisodeName({ titleId, episode }: EpisodeNameProps) {
  if (!episode.isPlayable) return <span className="episode-name">{episode.name}</span>;
  return (
    <Link
      className="episode-name"
      to={`/watch/${titleId}?episode=${episode.id}`}
      aria-label={t('title.playEpisode', { name: episode.name })}
    >
      {episode.name}
    </Link>
  );
}

function formatSeason({ number, name }: Schema<'Season'>): string {
  const season = formatSeasonNumber(number);
  return name === '' ? season : t('title.namedSeason', { season, name });
}

function formatRuntime({ durationMs, runtimeMinutes }: Schema<'Episode'>): string {
  const known = durationMs ?? (runtimeMinutes === null ? null : runtimeMinutes * 60_000);
  return known === null ? '' : formatDuration(known);
}
