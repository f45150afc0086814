import { queryLimits, type Schema } from '@viernes/api-client';
import { toCountryName, toLanguageName } from '../language/format.js';
import type { TitleFilter } from '../title/titles.js';

export const SORTS = ['newest', 'name', 'popularity', 'score'] as const;

const LIMITS = queryLimits.listTitles;
const UUID = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i;
const LANGUAGE_TAG = /^[a-z]{2,3}(?:-[A-Z][a-z]{3})?(?:-(?:[A-Z]{2}|\d{3}))?$/;

/** Control characters, and characters that change the direction of text, which the API rejects. */
const FORBIDDEN = /[\p{Cc}\uFFFD\u202A-\u202E\u2066-\u2069]/gu;

type Reader<Value> = (values: readonly string[]) => Value | undefined;

/** The filters that a URL can contain. Only the pages of editors show hidden titles. */
type UrlFilter = Omit<TitleFilter, 'includeHidden'>;

/** Reads each parameter from its values in the URL. Undefined if there is no valid value. */
const READERS: { readonly [Name in keyof UrlFilter]-?: Reader<NonNullable<UrlFilter[Name]>> } = {
  query: ([text = '']) => readText(text, LIMITS.query.maxLength),
  kind: oneOf<Schema<'TitleKind'>>(['film', 'series']),
  genre: listOf(LIMITS.genre, (text) => readText(text, LIMITS.genre.items.maxLength)),
  country: listOf(LIMITS.country, (code) =>
    /^[A-Z]{2}$/.test(code) && toCountryName(code) !== undefined ? (code as Schema<'CountryCode'>) : undefined,
  ),
  language: listOf(LIMITS.language, (tag) =>
    LANGUAGE_TAG.test(tag) && toLanguageName(tag) !== undefined ? tag : undefined,
  ),
  person: ([id = '']) => (UUID.test(id) ? id : undefined),
  role: oneOf<Schema<'Credit'>['role']>(['director', 'actor', 'writer', 'producer', 'composer']),
  yearFrom: integer(LIMITS.yearFrom),
  yearTo: integer(LIMITS.yearTo),
  maximumAge: integer(LIMITS.maximumAge),
  runtimeFrom: integer(LIMITS.runtimeFrom),
  runtimeTo: integer(LIMITS.runtimeTo),
  playable: oneOf<'true' | 'false'>(['true']),
  sort: oneOf(SORTS),
};

/** Reads a filter from the parameters of the URL, which have the names of the API. Ignores invalid values. */
export function parseFilter(parameters: URLSearchParams): TitleFilter {
  const entries = Object.entries(READERS).map(([name, read]) => [name, read(parameters.getAll(name))]);
  const { sort, role, ...filter } = Object.fromEntries(
    entries.filter(([, value]) => value !== undefined),
  ) as TitleFilter;
  return {
    ...filter,
    ...(role !== undefined && filter.person !== undefined && { role }),
    // The best match of a search is always first.
    ...(sort !== undefined && filter.query === undefined && { sort }),
  };
}

/** Writes a filter to parameters of the URL, without the values that do not filter. */
export function toParameters(filter: TitleFilter): URLSearchParams {
  const pairs = Object.entries(filter).flatMap(([name, value]) =>
    [value ?? []].flat().map((each) => [name, String(each)]),
  );
  return new URLSearchParams(pairs.filter(([, value]) => value !== ''));
}

/** Removes what the API rejects from a text. Returns undefined if nothing visible remains. */
export function readText(text: string, maxLength: number): string | undefined {
  const line = text.replace(FORBIDDEN, '').trim().slice(0, maxLength);
  return /[\p{L}\p{N}\p{P}\p{S}]/u.test(line) ? line : undefined;
}

function oneOf<Value extends string>(allowed: readonly Value[]): Reader<Value> {
  return ([value]) => allowed.find((each) => each === value);
}

function listOf<Value>(
  { maxItems }: { readonly maxItems: number },
  read: (text: string) => Value | undefined,
): Reader<Value[]> {
  return (texts) => {
    const values = [...new Set(texts.map(read))].filter((value) => value !== undefined);
    return values.length === 0 ? undefined : values.slice(0, maxItems);
  };
}

function integer({ minimum, maximum }: { readonly minimum: number; readonly maximum: number }): Reader<number> {
  return ([text = '']) => {
    const value = /^\d+$/.test(text) ? Number(text) : NaN;
    return value >= minimum && value <= maximum ? value : undefined;
  };
}
