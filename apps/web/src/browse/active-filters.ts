import { t } from 'i18next';
import { formatMinutes, toCountryName, toLanguageName } from '../language/format.js';
import { toGenreName } from '../title/genre-name.js';
import type { TitleFilter } from '../title/titles.js';

export interface ActiveFilter {
  readonly label: string;
  /** The filter without this value. */
  readonly rest: TitleFilter;
}

/**
 * Lists the values of a filter in words, without the query and the sort order, which have separate fields.
 *
 * @param personName undefined while it loads
 */
export function listActiveFilters(filter: TitleFilter, personName: string | undefined): ActiveFilter[] {
  const { kind, yearFrom, yearTo, maximumAge, runtimeFrom, runtimeTo, playable } = filter;
  const one = (label: string | undefined, name: keyof TitleFilter): ActiveFilter[] =>
    filter[name] === undefined || label === undefined ? [] : [{ label, rest: without(filter, name) }];
  const each = (name: 'genre' | 'country' | 'language', toName: (value: string) => string | undefined) =>
    (filter[name] ?? []).map((value: string) => ({
      label: toName(value) ?? value,
      rest: { ...filter, [name]: filter[name]?.filter((other) => other !== value) },
    }));
  return [
    ...one(kind === 'film' ? t('browse.films') : t('browse.series'), 'kind'),
    ...one(playable && t('browse.playable'), 'playable'),
    ...listPerson(filter, personName ?? '…'),
    ...each('genre', toGenreName),
    ...each('country', toCountryName),
    ...each('language', toLanguageName),
    ...one(t('browse.yearFrom', { year: yearFrom }), 'yearFrom'),
    ...one(t('browse.yearTo', { year: yearTo }), 'yearTo'),
    ...one(describeAge(maximumAge ?? 0), 'maximumAge'),
    ...one(t('browse.runtimeFrom', { runtime: formatMinutes(runtimeFrom ?? 0) }), 'runtimeFrom'),
    ...one(t('browse.runtimeTo', { runtime: formatMinutes(runtimeTo ?? 0) }), 'runtimeTo'),
  ];
}

/** The role belongs to the person, so both are removed together. */
function listPerson({ person, role, ...rest }: TitleFilter, name: string): ActiveFilter[] {
  if (person === undefined) return [];
  const label = t('browse.withPerson', { name });
  return [{ label: role === undefined ? label : `${label} · ${t(`roles.${role}`)}`, rest }];
}

/** Names an audience by its age. */
export function describeAge(age: number): string {
  return age === 0 ? t('browse.allAges') : t('browse.age', { age });
}

/** Returns the filter with only its query and its sort order. */
export function clearFilters({ query, sort }: TitleFilter): TitleFilter {
  return { ...(query !== undefined && { query }), ...(sort !== undefined && { sort }) };
}

function without(filter: TitleFilter, name: keyof TitleFilter): TitleFilter {
  return { ...filter, [name]: undefined };
}
