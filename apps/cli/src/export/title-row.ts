import type { Schema } from '@viernes/api-client';
import { joinList, toCountryName, toLongDate, type FURTHER_COLUMNS, type STANDARD_COLUMNS } from '@viernes/title-csv';

type TitleDetails = Schema<'TitleDetails'>;
type Column = (typeof STANDARD_COLUMNS)[keyof typeof STANDARD_COLUMNS] | (typeof FURTHER_COLUMNS)[number];

/**
 * Converts a title to the row from which `import` reads it again.
 *
 * @param source the first part of the external ID, which the row omits
 */
export function toTitleRow(
  title: TitleDetails & { externalId: string },
  source: string | undefined,
): Record<Column, string> {
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

/** In the order of the cast, with an empty item for an actor without a character. */
function joinCharacters({ credits }: TitleDetails): string {
  const characters = credits.filter(({ role }) => role === 'actor').map(({ character }) => character ?? '');
  return characters.some((character) => character !== '') ? joinList(characters) : '';
}

function toDuration({ kind, runtimeMinutes, seasonCount }: TitleDetails): string {
  const runtime = runtimeMinutes === null ? '' : `${runtimeMinutes} min`;
  const seasons = seasonCount === null ? '' : `${seasonCount} ${seasonCount === 1 ? 'Season' : 'Seasons'}`;
  return kind === 'series' ? seasons || runtime : runtime || seasons;
}
