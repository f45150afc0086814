import type { EntityManager, SelectQueryBuilder } from 'typeorm';
import { PublicationEntity } from '../publication/publication.entity.js';
import { TitleEntity } from './title.entity.js';
import type { Title, TitleFilter, TitleKind } from './title.js';

/** A title and its publication, which is null until the title is playable. */
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

const COLUMNS: Readonly<Record<keyof TitleRow, string>> = {
  id: 't.id',
  kind: 't.kind',
  name: 't.name',
  synopsis: 't.synopsis',
  releaseYear: 't.release_year',
  genres: 't.genres',
  directors: 't.directors',
  maturityRating: 't.maturity_rating',
  runtimeMinutes: 't.runtime_minutes',
  score: 't.score',
  externalId: 't.external_id',
  createdAt: 't.created_at',
  assetId: 'p.asset_id',
  durationMs: 'CAST(p.duration_ms AS float8)',
};

/** The columns of a TitleRow for raw SQL, from `title t` and `publication p`. */
export const TITLE_COLUMNS = Object.entries(COLUMNS)
  .map(([property, column]) => `${column} AS "${property}"`)
  .join(', ');

/**
 * Selects titles `t` with their publications `p`. Read it with `getRawMany<TitleRow>`: hydrating entities takes twice the CPU
 * time (measured: 2.0 ms instead of 1.1 ms for 100 titles).
 */
export function selectTitles(manager: EntityManager): SelectQueryBuilder<TitleEntity> {
  const query = manager
    .createQueryBuilder(TitleEntity, 't')
    .leftJoin(PublicationEntity, 'p', 'p.titleId = t.id')
    .select([]);
  for (const [property, column] of Object.entries(COLUMNS)) query.addSelect(column, property);
  return query;
}

export function filterTitles(query: SelectQueryBuilder<TitleEntity>, { kind, genre, isPlayableOnly }: TitleFilter) {
  if (kind) query.andWhere({ kind });
  // The GIN index on genres supports @>, but not = ANY.
  if (genre) query.andWhere('t.genres @> ARRAY[:genre]::text[]', { genre });
  if (isPlayableOnly) query.andWhere('p.titleId IS NOT NULL');
  return query;
}

export function toTitle({ assetId, durationMs, ...row }: TitleRow): Title {
  return {
    ...row,
    releaseYear: row.releaseYear ?? undefined,
    maturityRating: row.maturityRating ?? undefined,
    runtimeMinutes: row.runtimeMinutes ?? undefined,
    score: row.score ?? undefined,
    externalId: row.externalId ?? undefined,
    asset: assetId === null || durationMs === null ? undefined : { assetId, durationMs },
  };
}
