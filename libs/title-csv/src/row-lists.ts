import { limits } from '@viernes/api-client';
import type { TitleField } from './columns.js';
import { findCountry, type CountryCode } from './countries.js';
import { findLanguage } from './languages.js';
import type { NewTitle } from './new-title.js';
import { cleanLine, shorten } from './clean-text.js';
import type { RowReader } from './row-reader.js';

const LIMITS = limits.NewTitle;

const ROLES = {
  directors: 'director',
  actors: 'actor',
  writers: 'writer',
  producers: 'producer',
  composers: 'composer',
} as const satisfies Partial<Record<TitleField, string>>;

type Credits = NonNullable<NewTitle['credits']>;

export function toCredits(row: RowReader): Credits {
  const credits: Credits = [];
  for (const [field, role] of Object.entries(ROLES) as [keyof typeof ROLES, (typeof ROLES)[keyof typeof ROLES]][]) {
    const names = toNames(row, field, LIMITS.credits.items.name.maxLength);
    const remaining = LIMITS.credits.maxItems - credits.length;
    const characters = field === 'actors' ? toCharacters(row) : new Map<string, string>();
    const found = row.unique(field, names, (name) => name, remaining);
    credits.push(
      ...found.map((name) => {
        const character = characters.get(name);
        return { name, role, ...(character !== undefined && { character }) };
      }),
    );
  }
  return credits;
}

/** Returns the characters by actor. Both columns have the same order, also for actors that the import drops. */
function toCharacters(row: RowReader): ReadonlyMap<string, string> {
  const characters = row.items('characters').map((item) => cleanLine(item, row.reporter('characters')));
  const items = row.items('actors');
  const actors = items.length === characters.length ? items : items.filter((item) => item !== '');
  if (characters.length > 0 && characters.length !== actors.length) {
    row.report('dropped', 'characters', 'characterCount', row.text('characters'), '');
    return new Map();
  }
  const { maxLength } = LIMITS.credits.items.character;
  return new Map(
    characters.flatMap((character, index) =>
      // The repairs of the names are reported with the actors.
      character === ''
        ? []
        : [[cleanLine(actors[index] ?? '', () => undefined), shorten(character, maxLength)] as const],
    ),
  );
}

export function toGenres(row: RowReader): string[] {
  const genres = toNames(row, 'genres', LIMITS.genres.items.maxLength);
  return row.unique('genres', genres, (genre) => genre, LIMITS.genres.maxItems);
}

export function toCountries(row: RowReader): CountryCode[] {
  const found = row.list('countries').flatMap((item) => {
    const name = cleanLine(item, row.reporter('countries'));
    const country = findCountry(name);
    if (country === undefined) row.report('dropped', 'countries', 'unknownCountry', name, '');
    else if (country.isFormer) row.report('repaired', 'countries', 'formerState', name, country.code);
    return country === undefined ? [] : [country.code];
  });
  return row.unique('countries', found, (code) => code, LIMITS.countries.maxItems);
}

export function toLanguages(row: RowReader): string[] {
  const found = row.list('languages').flatMap((name) => {
    const tag = findLanguage(name);
    if (tag === undefined) row.report('dropped', 'languages', 'unknownLanguage', name, '');
    return tag ?? [];
  });
  return row.unique('languages', found, (tag) => tag, LIMITS.languages.maxItems);
}

/**
 * Drops names without a letter or a digit, and names that are too long. The latter are usually lists with another
 * separator, so a shortened name would be wrong.
 */
function toNames(row: RowReader, field: TitleField, maxLength: number): string[] {
  return row.list(field).flatMap((item) => {
    const name = cleanLine(item, row.reporter(field));
    const tooLong = { code: 'tooLong', values: { count: maxLength } } as const;
    if (name.length > maxLength) row.report('dropped', field, tooLong, name, '');
    else if (!/[\p{L}\p{N}]/u.test(name)) row.report('dropped', field, 'noLetterOrDigit', name, '');
    else return [name];
    return [];
  });
}
