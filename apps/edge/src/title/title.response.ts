import { catalogV1 } from '@viernes/contracts';
import { required } from '../upstream/required.js';
import type { TitleResponse } from './title.operations.js';

export function toTitleResponse(title: catalogV1.Title): TitleResponse {
  return {
    id: title.id,
    kind: title.kind === catalogV1.TitleKind.TITLE_KIND_SERIES ? 'series' : 'film',
    name: title.name,
    synopsis: title.synopsis,
    releaseYear: title.releaseYear ?? null,
    genres: title.genres,
    directors: title.directors,
    maturityRating: title.maturityRating ?? null,
    runtimeMinutes: title.runtimeMinutes ?? null,
    score: title.score ?? null,
    isPlayable: title.isPlayable,
    assetId: title.assetId ?? null,
    durationMs: title.durationMs ?? null,
    createdAt: required(title.createdAt, 'created_at'),
  };
}

export function toTitleKindMessage(kind: TitleResponse['kind'] | undefined): catalogV1.TitleKind {
  if (kind === undefined) return catalogV1.TitleKind.TITLE_KIND_UNSPECIFIED;
  return kind === 'series' ? catalogV1.TitleKind.TITLE_KIND_SERIES : catalogV1.TitleKind.TITLE_KIND_FILM;
}
