export type ChangeAction = 'created' | 'replaced' | 'deleted' | 'restored';

/** Identifies a changed resource by its path in the API: `titles/<ID>`, `titles/<ID>/seasons/1`, `people/<ID>`. */
export type Resource = `titles/${string}` | `people/${string}`;

export interface NewChange {
  readonly resource: Resource;
  /** The revision of the resource after the change. */
  readonly revision: number;
  readonly action: ChangeAction;
  readonly fields: readonly FieldChange[];
}

/** The values of a field before and after a change, as JSON. Undefined if the field had or has no value. */
export interface FieldChange {
  readonly field: string;
  readonly before?: string | undefined;
  readonly after?: string | undefined;
}

type Fields = Readonly<Record<string, unknown>>;

/** Returns the fields that differ. An empty text and an empty list are equal to a missing value. */
export function listFieldChanges(before: Fields, after: Fields): FieldChange[] {
  return Object.keys({ ...before, ...after })
    .map((field) => ({ field, before: toJson(before[field]), after: toJson(after[field]) }))
    .filter((change) => change.before !== change.after);
}

function toJson(value: unknown): string | undefined {
  const isEmpty = value === undefined || value === '' || (Array.isArray(value) && value.length === 0);
  return isEmpty ? undefined : JSON.stringify(value, sortKeys);
}

/** Sorts the keys of an object, because PostgreSQL stores those of a jsonb value in its own order. */
function sortKeys(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}
