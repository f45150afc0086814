import { CodedError, type catalogV1 } from '@viernes/contracts';
import type { EpisodeResponse, SeasonResponse } from './season.schema.js';

export function toSeasonResponse({ releaseYear, episodes, ...season }: catalogV1.Season): SeasonResponse {
  return { ...season, releaseYear: releaseYear ?? null, episodes: episodes.map(toEpisodeResponse) };
}

/** @throws CodedError SEASON_NOT_FOUND */
export function findSeason({ seasons }: catalogV1.ListSeasonsResponse, number: number): catalogV1.Season {
  const season = seasons.find((each) => each.number === number);
  if (!season) throw new CodedError('SEASON_NOT_FOUND', { number });
  return season;
}

/** @throws CodedError EPISODE_NOT_FOUND */
export function findEpisode({ episodes }: catalogV1.Season, number: number): catalogV1.Episode {
  const episode = episodes.find((each) => each.number === number);
  if (!episode) throw new CodedError('EPISODE_NOT_FOUND', { number });
  return episode;
}

export function toEpisodeResponse(episode: catalogV1.Episode): EpisodeResponse {
  const { titleId: _titleId, runtimeMinutes, releasedOn, durationMs, ...fields } = episode;
  return {
    ...fields,
    runtimeMinutes: runtimeMinutes ?? null,
    releasedOn: releasedOn ?? null,
    durationMs: durationMs ?? null,
  };
}
