import { CodedError, type catalogV1 } from '@viernes/contracts';
import type { EpisodeResponse, SeasonResponse } from './season.schema.js';

export function toSeasonResponse({ releaseYear, episodes, ...season }: catalogV1.Season): SeasonResponse {
  return { ...season, releaseYear: releaseYear ?? null, episodes: episodes.map(toEpisodeResponse) };
}

/** @throws CodedError SEASON_NOT_FOUND */
export function findSeason({ seasons }: catalogV1.ListSeasonsResponse, number: number): SeasonResponse {
  const season = seasons.find((each) => each.number === number);
  if (!season) throw new CodedError('SEASON_NOT_FOUND', { number });
  return toSeasonResponse(season);
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
