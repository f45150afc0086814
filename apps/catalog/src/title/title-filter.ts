import { currentContext } from '@viernes/platform';
import type { TitleFilter } from './title.js';

/**
 * Adds the maximum age of the selected profile to the filter of a search. ViewerReads cannot add it, because searches
 * read copies of the titles and not `visible_title`.
 */
export function limitFilter(filter: TitleFilter): TitleFilter {
  const { maximumAge } = currentContext();
  if (maximumAge === undefined) return filter;
  return { ...filter, maximumAge: Math.min(maximumAge, filter.maximumAge ?? Infinity) };
}

/** The parameters of a statement that is composed of conditions. */
export class Parameters {
  readonly values: unknown[] = [];

  /** @returns the placeholder of the value */
  add(value: unknown): string {
    this.values.push(value);
    return `$${this.values.length}`;
  }
}

/**
 * Returns the conditions of a filter on `title t`, and on `publication p` if it needs one.
 *
 * @param alias the table from which the kind, the genres, and the minimum age are read: `title_search s` has copies of them
 */
export function toConditions(filter: TitleFilter, parameters: Parameters, alias: 't' | 's' = 't'): string[] {
  const { kind, genres, personId, role, countries, languages } = filter;
  const conditions: string[] = [];
  const add = (value: unknown, toCondition: (placeholder: string) => string): void => {
    if (value !== undefined) conditions.push(toCondition(parameters.add(value)));
  };
  // GIN indexes support &&, but not = ANY.
  const addAny = (column: string, values: readonly string[] | undefined): void =>
    add(values?.length ? values : undefined, (any) => `${column} && ${any}::text[]`);
  add(kind, (is) => `${alias}.kind = ${is}`);
  addAny(`${alias}.genres`, genres);
  addAny('t.countries', countries);
  addAny('t.languages', languages);
  add(personId, (is) => {
    const inRole = role === undefined ? '' : `AND c.role = ${parameters.add(role)}`;
    return `EXISTS (SELECT FROM credit c WHERE c.title_id = t.id AND c.person_id = ${is} ${inRole})`;
  });
  add(filter.releaseYearFrom, (from) => `t.release_year >= ${from}`);
  add(filter.releaseYearTo, (to) => `t.release_year <= ${to}`);
  add(filter.maximumAge, (maximum) => `${alias}.minimum_age <= ${maximum}`);
  add(filter.runtimeMinutesFrom, (from) => `t.runtime_minutes >= ${from}`);
  add(filter.runtimeMinutesTo, (to) => `t.runtime_minutes <= ${to}`);
  if (filter.isPlayableOnly) conditions.push('p.title_id IS NOT NULL');
  return conditions;
}

/** Returns whether a filter restricts a list. Ignores `includesHidden`. */
export function hasConditions(filter: TitleFilter): boolean {
  return toConditions(filter, new Parameters()).length > 0;
}
