import { catalogV1 } from '@viernes/contracts';
import type { Title, TitleKind } from './title.js';

const KINDS: Readonly<Record<TitleKind, catalogV1.TitleKind>> = {
  film: catalogV1.TitleKind.TITLE_KIND_FILM,
  series: catalogV1.TitleKind.TITLE_KIND_SERIES,
};

export function kindMessage(kind: TitleKind): catalogV1.TitleKind {
  return KINDS[kind];
}

export function titleMessage({ film, ...title }: Title): catalogV1.Title {
  return {
    ...title,
    kind: kindMessage(title.kind),
    genres: [...title.genres],
    directors: [...title.directors],
    createdAt: title.createdAt.toISOString(),
    isPlayable: film !== undefined,
    assetId: film?.assetId,
    durationMs: film?.durationMs,
  };
}
