import type { Schema } from '@viernes/api-client';
import {
  FURTHER_COLUMNS,
  joinList,
  listExactValues,
  STANDARD_COLUMNS,
  toCountryName,
  toLongDate,
  toMapping,
  toNewTitle,
  type ExactValues,
} from '@viernes/title-csv';

type TitleDetails = Schema<'TitleDetails'>;
type ExportedTitle = TitleDetails & { externalId: string };
type Column = (typeof STANDARD_COLUMNS)[keyof typeof STANDARD_COLUMNS] | (typeof FURTHER_COLUMNS)[number];

const MAPPING = toMapping();

/**
 * Converts a title to the row from which `import` reads it again. The last column contains the values that would differ.
 *
 * @param source the first part of the external ID, which the row omits
 */
export function toTitleRow(title: ExportedTitle, source: string | undefined): Record<Column, string> {
  const row = toColumns(title, source);
  const further = FURTHER_COLUMNS.map((column) => [column, row[column]]);
  const standard = Object.entries(STANDARD_COLUMNS).map(([field, column]) => [field, row[column]]);
  const cells = Object.fromEntries([...standard, ...further]) as Record<string, string>;
  const exact = listExactValues(toInput(title), toNewTitle(cells, MAPPING, source ?? '').title);
  return { ...row, exact: Object.keys(exact).length > 0 ? JSON.stringify(exact) : '' };
}

function toColumns(title: ExportedTitle, source: string | undefined): Record<Column, string> {
  return {
    show_id: toId(title.externalId, source),
    type: title.kind === 'film' ? 'Movie' : 'TV Show',
    title: title.name,
    director: joinNames(title, 'director'),
    cast: joinNames(title, 'actor'),
    country: joinList(title.countries.map(toCountryName)),
    date_added: title.addedOn === null ? '' : toLongDate(title.addedOn),
    release_year: String(title.releaseYear ?? ''),
    rating: title.maturityRating ?? '',
    duration: toDuration(title),
    listed_in: joinList(title.genres),
    description: title.synopsis,
    score: String(title.score ?? ''),
    languages: joinList(title.languages),
    writers: joinNames(title, 'writer'),
    producers: joinNames(title, 'producer'),
    composers: joinNames(title, 'composer'),
    characters: joinCharacters(title),
    // If a title has a runtime and seasons, `duration` contains only one of them.
    runtimeMinutes: title.kind === 'series' && title.seasonCount !== null ? String(title.runtimeMinutes ?? '') : '',
    seasonCount: title.kind === 'film' && title.runtimeMinutes !== null ? String(title.seasonCount ?? '') : '',
    exact: '',
  };
}

/** Returns the fields of a title as `import` sends them. */
function toInput(title: ExportedTitle): ExactValues {
  const { kind, name, synopsis, externalId, genres, credits, countries, languages } = title;
  return {
    ...{ kind, name, synopsis, externalId, genres, countries, languages },
    credits: credits.map(({ name, role, character }) => ({ name, role, ...(character !== null && { character }) })),
    releaseYear: title.releaseYear ?? undefined,
    maturityRating: title.maturityRating ?? undefined,
    runtimeMinutes: title.runtimeMinutes ?? undefined,
    seasonCount: title.seasonCount ?? undefined,
    score: title.score ?? undefined,
    addedOn: title.addedOn ?? undefined,
  };
}

/** `import` regards an ID with a slash as a complete external ID. */
function toId(externalId: string, source: string | undefined): string {
  const id = source === undefined ? externalId : externalId.slice(source.length + 1);
  return id.includes('/') ? externalId : id;
}

function joinNames({ credits }: TitleDetails, wanted: TitleDetails['credits'][number]['role']): string {
  return joinList(credits.filter(({ role }) => role === wanted).map(({ name }) => name));
}

/** Joins the characters in the order of the cast, with an empty item for an actor without a character. */
function joinCharacters({ credits }: TitleDetails): string {
  const characters = credits.filter(({ role }) => role === 'actor').map(({ character }) => character ?? '');
  return characters.some((character) => character !== '') ? joinList(characters) : '';
}

function toDuration({ kind, runtimeMinutes, seasonCount }: TitleDetails): string {
  const runtime = runtimeMinutes === null ? '' : `${runtimeMinutes} min`;
  const seasons = seasonCount === null ? '' : `${seasonCount} ${seasonCount === 1 ? 'Season' : 'Seasons'}`;
  return kind === 'series' ? seasons || runtime : runtime || seasons;
}
