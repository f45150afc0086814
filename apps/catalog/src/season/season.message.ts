import type { catalogV1 } from '@viernes/contracts';
import type { Episode, Season } from './season.js';

export function toSeasonMessage(season: Season): catalogV1.Season {
  return { ...season, releaseYear: season.releaseYear, episodes: season.episodes.map(toEpisodeMessage) };
}

export function toEpisodeMessage(episode: Episode): catalogV1.Episode {
  return {
    ...episode,
    runtimeMinutes: episode.runtimeMinutes,
    releasedOn: episode.releasedOn,
    isPlayable: episode.durationMs !== undefined,
    durationMs: episode.durationMs,
  };
}
