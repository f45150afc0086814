import { toCountryName, toLanguageName } from '../title/code-names.js';
import type { TitleFilter } from '../title/titles.js';

export interface ActiveFilter {
  readonly label: string;
  /** The filter without this value. */
  readonly rest: TitleFilter;
}

/**
 * Lists the values of a filter in words, without the query and the sort order, which have fields of their own.
 *
 * @param personName undefined while it loads
 */
export function listActiveFilters(filter: TitleFilter, personName: string | undefined): ActiveFilter[] {
  const { kind, person, yearFrom, yearTo, maximumAge, runtimeFrom, runtimeTo, playable } = filter;
  const one = (label: string | undefined, name: keyof TitleFilter): ActiveFilter[] =>
    filter[name] === undefined || label === undefined ? [] : [{ label, rest: without(filter, name) }];
  const each = (name: 'genre' | 'country' | 'language', toName: (value: string) => string | undefined) =>
    (filter[name] ?? []).map((value: string) => ({
      label: toName(value) ?? value,
      rest: { ...filter, [name]: filter[name]?.filter((other) => other !== value) },
    }));
  return [
    ...one(kind === 'film' ? 'Films' : 'Series', 'kind'),
    ...one(playable && 'Playable', 'playable'),
    ...one(person && `With ${personName ?? '…'}`, 'person'),
    ...each('genre', (name) => name),
    ...each('country', toCountryName),
    ...each('language', toLanguageName),
    ...one(`From ${yearFrom}`, 'yearFrom'),
    ...one(`Until ${yearTo}`, 'yearTo'),
    ...one(describeAge(maximumAge ?? 0), 'maximumAge'),
    ...one(`At least ${runtimeFrom} min`, 'runtimeFrom'),
    ...one(`At most ${runtimeTo} min`, 'runtimeTo'),
  ];
}

/** Names an audience by its age. */
export function describeAge(age: number): string {
  return age === 0 ? 'For all ages' : `For age ${age}`;
}

/** Returns the filter with only its query and its sort order. */
export function clearFilters({ query, sort }: TitleFilter): TitleFilter {
  return { ...(query !== undefined && { query }), ...(sort !== undefined && { sort }) };
}

function without(filter: TitleFilter, name: keyof TitleFilter): TitleFilter {
  return { ...filter, [name]: undefined };
}
