import type { catalogV1 } from '@viernes/contracts';
import type { EpisodeResponse, SeasonResponse } from './season.schema.js';

export function toSeasonResponse({ releaseYear, episodes, ...season }: catalogV1.Season): SeasonResponse {
  return { ...season, releaseYear: releaseYear ?? null, episodes: episodes.map(toEpisodeResponse) };
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
