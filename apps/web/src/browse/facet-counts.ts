import type { Schema } from '@viernes/api-client';

type Facet = readonly Schema<'TitleFacetValue'>[];

/** Returns the number of titles with a value: 0 if the facet does not contain it, undefined without a facet. */
export function countOf(facet: Facet | undefined, value: string): number | undefined {
  return facet && (facet.find((each) => each.value === value)?.count ?? 0);
}

/** Returns the number of titles up to an age. Each age of the facet counts the titles for all lower ages, too. */
export function countUpToAge(facet: Facet | undefined, age: number): number | undefined {
  return facet && Math.max(0, ...facet.filter(({ value }) => Number(value) <= age).map(({ count }) => count));
}

/** Lists the decades of a facet and the selected decade, each by its first year, latest first. */
export function listDecades(facet: Facet | undefined, selected: number | undefined): number[] {
  const years = new Set([
    ...(facet ?? []).map(({ value }) => Number(value)),
    ...(selected === undefined ? [] : [selected]),
  ]);
  return [...years].sort((one, other) => other - one);
}

/** Returns the first year of a range of years that is exactly one decade, otherwise undefined. */
export function toDecade(yearFrom: number | undefined, yearTo: number | undefined): number | undefined {
  return yearFrom !== undefined && yearFrom % 10 === 0 && yearTo === yearFrom + 9 ? yearFrom : undefined;
}
