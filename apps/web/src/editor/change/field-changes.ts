import { t } from 'i18next';

/** The fields of titles and people, in the order of the form. */
const FIELDS = [
  ...(['kind', 'name', 'slug', 'synopsis', 'releaseYear', 'runtimeMinutes', 'seasonCount', 'maturityRating'] as const),
  ...(['score', 'genres', 'countries', 'languages', 'credits', 'artwork', 'availability'] as const),
  ...(['externalId', 'addedOn'] as const),
];

export type Fields = { readonly [Name in (typeof FIELDS)[number]]?: unknown };

/** A change of one field. A missing value is null. */
export interface FieldChange {
  readonly field: string;
  readonly before: unknown;
  readonly after: unknown;
}

export function compareFields(before: Fields, after: Fields): FieldChange[] {
  return FIELDS.filter((field) => JSON.stringify(before[field]) !== JSON.stringify(after[field])).map((field) => ({
    field,
    before: before[field] ?? null,
    after: after[field] ?? null,
  }));
}

/** Applies changes of one version to another version. Each change replaces the value of its field. */
export function applyChanges<Input extends Fields>(input: Input, changes: readonly FieldChange[]): Input {
  const entries = Object.entries({ ...input, ...toPatch(changes) }).filter(([, value]) => value !== null);
  return Object.fromEntries(entries) as Input;
}

/** Returns the changes as a JSON Merge Patch. */
export function toPatch(changes: readonly FieldChange[]): Readonly<Record<string, unknown>> {
  return Object.fromEntries(changes.map(({ field, after }) => [field, after]));
}

/** The field name of an episode in the history of a season. */
const EPISODE_FIELD = /^episodes\.(\d+)$/;

/** Returns the label of a field. The changes of a season form already contain labels, which are returned unchanged. */
export function toFieldLabel(field: string): string {
  const [, number] = EPISODE_FIELD.exec(field) ?? [];
  if (number !== undefined) return t('editor.episodes.episode', { number });
  const known = FIELDS.find((each) => each === field);
  return known === undefined ? field : t(`editor.fields.${known}`);
}
