import type { MaturityRating } from '@viernes/contracts';
import type { ReadStatement } from '@viernes/database';
import type { Credit } from '../person/credit.js';
import type { Artwork, AvailabilityWindow, Title, TitleDetails, TitleKind } from './title.js';

/** A title of a list and its publication, which is null until the title is playable. */
export interface TitleRow {
  readonly id: string;
  readonly kind: TitleKind;
  readonly name: string;
  readonly slug: string;
  readonly synopsis: string;
  readonly releaseYear: number | null;
  readonly genres: string[];
  readonly directors: string[];
  readonly maturityRating: MaturityRating | null;
  readonly minimumAge: number | null;
  readonly runtimeMinutes: number | null;
  readonly seasonCount: number | null;
  readonly score: number | null;
  readonly artwork: Artwork[];
  readonly createdAt: Date;
  readonly assetId: string | null;
  readonly durationMs: number | null;
}

/** All fields of a title. */
export interface TitleDetailsRow extends TitleRow {
  readonly externalId: string | null;
  readonly countries: string[];
  readonly languages: string[];
  readonly addedOn: string | null;
  readonly availability: AvailabilityWindow[];
  readonly credits: (Credit & { character?: string | null })[];
  readonly revision: number;
  readonly updatedAt: Date;
}

const COLUMNS: Readonly<Record<keyof TitleRow, string>> = {
  id: 't.id',
  kind: 't.kind',
  name: 't.name',
  slug: 't.slug',
  synopsis: 't.synopsis',
  releaseYear: 't.release_year',
  genres: 't.genres',
  directors: 't.directors',
  maturityRating: 't.maturity_rating',
  minimumAge: 't.minimum_age',
  runtimeMinutes: 't.runtime_minutes',
  seasonCount: 't.season_count',
  score: 't.score',
  artwork: 't.artwork',
  createdAt: 't.created_at',
  assetId: 'p.asset_id',
  durationMs: 'CAST(p.duration_ms AS float8)',
};

const DETAIL_COLUMNS: Readonly<Record<keyof TitleDetailsRow, string>> = {
  ...COLUMNS,
  externalId: 't.external_id',
  countries: 't.countries',
  languages: 't.languages',
  addedOn: 't.added_on::text',
  availability: 't.availability',
  credits: `(SELECT coalesce(jsonb_agg(jsonb_build_object(
      'personId', c.person_id, 'name', n.name, 'role', c.role, 'character', c.character) ORDER BY c.position), '[]')
    FROM credit c JOIN person n ON n.id = c.person_id WHERE c.title_id = t.id)`,
  revision: 't.revision',
  updatedAt: 't.updated_at',
};

/** The columns of a TitleRow, from `visible_title t` and `publication p`. */
export const TITLE_COLUMNS = toColumnList(COLUMNS);

/** The columns of a TitleDetailsRow. */
export const TITLE_DETAIL_COLUMNS = toColumnList(DETAIL_COLUMNS);

function toColumnList(columns: Readonly<Record<string, string>>): string {
  return Object.entries(columns)
    .map(([property, column]) => `${column} AS "${property}"`)
    .join(', ');
}

const FROM = 'FROM visible_title t LEFT JOIN publication p ON p.title_id = t.id';
const SELECT_TITLES = `SELECT ${TITLE_COLUMNS} ${FROM}`;
const SELECT_DETAILS = `SELECT ${TITLE_DETAIL_COLUMNS} ${FROM}`;

// Raw SQL: the query builder needs more CPU time for one title than PostgreSQL does, and it cannot name a statement.
export const GET_TITLE: ReadStatement = { name: 'title-get', text: `${SELECT_DETAILS} WHERE t.id = $1` };

export const GET_TITLES: ReadStatement = {
  name: 'title-get-each',
  text: `${SELECT_DETAILS} WHERE t.id = ANY ($1::uuid[])`,
};

export const GET_TITLE_BY_SLUG: ReadStatement = {
  name: 'title-get-by-slug',
  text: `${SELECT_DETAILS} WHERE t.slug = $1`,
};

/** Editors also read titles outside of their availability windows. */
const SELECT_FOR_EDITORS = `SELECT ${TITLE_DETAIL_COLUMNS} FROM title t LEFT JOIN publication p ON p.title_id = t.id
  WHERE t.deleted_at IS NULL AND`;

export const GET_TITLE_FOR_EDITORS: ReadStatement = {
  name: 'title-get-for-editors',
  text: `${SELECT_FOR_EDITORS} t.id = $1`,
};

export const GET_TITLE_BY_SLUG_FOR_EDITORS: ReadStatement = {
  name: 'title-get-by-slug-for-editors',
  text: `${SELECT_FOR_EDITORS} t.slug = $1`,
};

export const FIND_VISIBLE: ReadStatement = { name: 'title-find-visible', text: findById('visible_title t') };

export const FIND_VISIBLE_TO_EDITORS: ReadStatement = {
  name: 'title-find-visible-to-editors',
  text: findById('title t', 't.deleted_at IS NULL AND'),
};

/** Finds a title by its ID or by that of an episode. */
function findById(from: string, condition = ''): string {
  return `SELECT t.minimum_age AS "minimumAge" FROM ${from} WHERE ${condition}
    t.id IN (SELECT $1::uuid UNION ALL SELECT title_id FROM episode WHERE id = $1)`;
}

export const BATCH_GET_TITLES: ReadStatement = {
  name: 'title-batch-get',
  text: `${SELECT_TITLES} WHERE t.id = ANY ($1::uuid[])`,
};

/** Names each field: spreading the rest of the row would take as long as all other work for a title. */
export function toTitle(row: TitleRow): Title {
  const { assetId, durationMs } = row;
  return {
    id: row.id,
    kind: row.kind,
    name: row.name,
    slug: row.slug,
    synopsis: row.synopsis,
    releaseYear: row.releaseYear ?? undefined,
    genres: row.genres,
    directors: row.directors,
    maturityRating: row.maturityRating ?? undefined,
    minimumAge: row.minimumAge ?? undefined,
    runtimeMinutes: row.runtimeMinutes ?? undefined,
    seasonCount: row.seasonCount ?? undefined,
    score: row.score ?? undefined,
    artwork: row.artwork,
    createdAt: row.createdAt,
    asset: assetId === null || durationMs === null ? undefined : { assetId, durationMs },
  };
}

export function toTitleDetails(row: TitleDetailsRow): TitleDetails {
  return {
    ...toTitle(row),
    externalId: row.externalId ?? undefined,
    countries: row.countries,
    languages: row.languages,
    addedOn: row.addedOn ?? undefined,
    availability: row.availability,
    credits: row.credits.map((credit) => ({ ...credit, character: credit.character ?? undefined })),
    revision: row.revision,
    updatedAt: row.updatedAt,
  };
}
