import type { TitleInput } from '../title/title.js';

export type TitleAction = 'created' | 'replaced' | 'deleted' | 'restored';

/** The values of a field before and after a change, as JSON. Undefined if the field had or has no value. */
export interface FieldChange {
  readonly field: keyof TitleInput;
  readonly before?: string | undefined;
  readonly after?: string | undefined;
}

/** Returns the fields that differ. Fields without a value and empty lists of a new title are not listed. */
export function listFieldChanges(before: Partial<TitleInput>, after: TitleInput): FieldChange[] {
  const fields = Object.keys({ ...before, ...after }) as (keyof TitleInput)[];
  return fields
    .map((field) => ({ field, before: toJson(before[field]), after: toJson(after[field]) }))
    .filter((change) => change.before !== change.after);
}

function toJson(value: unknown): string | undefined {
  const isEmpty = value === undefined || value === '' || (Array.isArray(value) && value.length === 0);
  return isEmpty ? undefined : JSON.stringify(value, sortKeys);
}

/** PostgreSQL stores the keys of a jsonb value in its own order. */
function sortKeys(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}
