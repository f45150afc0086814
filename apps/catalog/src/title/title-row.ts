import type { Film, Title, TitleKind } from './title.js';

/**
 * A title as every read of it selects it: raw columns, since hydrating entities costs more than the query on a page of
 * a hundred. A title without a publication is one that cannot be played.
 */
export const TITLE_COLUMNS = `
  t.id, t.kind, t.name, t.synopsis, t.release_year as "releaseYear", t.genres, t.directors,
  t.maturity_rating as "maturityRating", t.runtime_minutes as "runtimeMinutes", t.score, t.external_id as "externalId",
  t.created_at as "createdAt", p.asset_id as "assetId", p.duration_ms::float8 as "durationMs"`;

export const TITLE_TABLES = 'title t left join publication p on p.title_id = t.id';

export interface TitleRow {
  readonly id: string;
  readonly kind: TitleKind;
  readonly name: string;
  readonly synopsis: string;
  readonly releaseYear: number | null;
  readonly genres: string[];
  readonly directors: string[];
  readonly maturityRating: string | null;
  readonly runtimeMinutes: number | null;
  readonly score: number | null;
  readonly externalId: string | null;
  readonly createdAt: Date;
  readonly assetId: string | null;
  readonly durationMs: number | null;
}

export function titleOf(row: TitleRow): Title {
  return {
    id: row.id,
    kind: row.kind,
    name: row.name,
    synopsis: row.synopsis,
    releaseYear: row.releaseYear ?? undefined,
    genres: row.genres,
    directors: row.directors,
    maturityRating: row.maturityRating ?? undefined,
    runtimeMinutes: row.runtimeMinutes ?? undefined,
    score: row.score ?? undefined,
    externalId: row.externalId ?? undefined,
    createdAt: row.createdAt,
    film: filmOf(row),
  };
}

function filmOf({ assetId, durationMs }: TitleRow): Film | undefined {
  return assetId === null || durationMs === null ? undefined : { assetId, durationMs };
}
