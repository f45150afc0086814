import { catalogV1 } from '@viernes/contracts';
import type { Title, TitleKind } from './title.js';

const KINDS: Readonly<Record<TitleKind, catalogV1.TitleKind>> = {
  film: catalogV1.TitleKind.TITLE_KIND_FILM,
  series: catalogV1.TitleKind.TITLE_KIND_SERIES,
};

export function toTitleMessage({ asset, ...title }: Title): catalogV1.Title {
  return {
    ...title,
    kind: KINDS[title.kind],
    genres: [...title.genres],
    directors: [...title.directors],
    createdAt: title.createdAt.toISOString(),
    isPlayable: asset !== undefined,
    assetId: asset?.assetId,
    durationMs: asset?.durationMs,
  };
}
