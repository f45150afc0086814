import type { TitleInput } from './title-draft.js';

/** In the order of the form. */
export const FIELD_LABELS = {
  kind: 'Kind',
  name: 'Name',
  slug: 'Slug',
  synopsis: 'Synopsis',
  releaseYear: 'Year',
  runtimeMinutes: 'Runtime in minutes',
  seasonCount: 'Number of seasons',
  maturityRating: 'Maturity rating',
  score: 'Score',
  genres: 'Genres',
  countries: 'Countries',
  languages: 'Languages',
  credits: 'Credits',
  artwork: 'Artwork',
  availability: 'Availability',
  externalId: 'External ID',
  addedOn: 'Added on',
} as const satisfies Record<keyof TitleInput, string>;

const FIELDS = Object.keys(FIELD_LABELS) as (keyof TitleInput)[];

/** A change of one field. A value that does not exist is null. */
export interface FieldChange {
  readonly field: string;
  readonly before: unknown;
  readonly after: unknown;
}

export function listChanges(before: TitleInput, after: TitleInput): FieldChange[] {
  return FIELDS.filter((field) => JSON.stringify(before[field]) !== JSON.stringify(after[field])).map((field) => ({
    field,
    before: before[field] ?? null,
    after: after[field] ?? null,
  }));
}

/** Applies changes to a version of the title that they were not made on. A change replaces the value of its field. */
export function applyChanges(title: TitleInput, changes: readonly FieldChange[]): TitleInput {
  const entries = Object.entries({ ...title, ...toPatch(changes) }).filter(([, value]) => value !== null);
  return Object.fromEntries(entries) as TitleInput;
}

/** Returns the JSON Merge Patch that makes the changes. */
export function toPatch(changes: readonly FieldChange[]): Readonly<Record<string, unknown>> {
  return Object.fromEntries(changes.map(({ field, after }) => [field, after]));
}
