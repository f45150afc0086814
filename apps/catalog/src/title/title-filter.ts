import type { TitleFilter } from './title.js';

/** The parameters of a statement that is composed of conditions. */
export class Parameters {
  readonly values: unknown[] = [];

  /** @returns the placeholder of the value */
  add(value: unknown): string {
    this.values.push(value);
    return `$${this.values.length}`;
  }
}

/** Returns the conditions of a filter on `publication p`, and on `visible_title t` or `title_search s`. */
export function toConditions(
  { kind, genre, isPlayableOnly }: TitleFilter,
  parameters: Parameters,
  title: 't' | 's' = 't',
): string[] {
  const conditions: string[] = [];
  if (kind) conditions.push(`${title}.kind = ${parameters.add(kind)}`);
  // The GIN index on genres supports @>, but not = ANY.
  if (genre) conditions.push(`${title}.genres @> ARRAY[${parameters.add(genre)}]`);
  if (isPlayableOnly) conditions.push('p.title_id IS NOT NULL');
  return conditions;
}
