import type { TitleField } from './columns.js';
import type { NewTitle } from './new-title.js';
import type { RowReader } from './row-reader.js';

/** The fields of a title, with the columns that their exact values replace. */
const REPLACED = {
  kind: ['kind'],
  name: ['name'],
  synopsis: ['synopsis'],
  externalId: ['id'],
  releaseYear: ['releaseYear'],
  genres: ['genres'],
  credits: ['directors', 'actors', 'writers', 'producers', 'composers', 'characters'],
  maturityRating: ['maturityRating'],
  runtimeMinutes: ['runtimeMinutes'],
  seasonCount: ['seasonCount'],
  score: ['score'],
  countries: ['countries'],
  languages: ['languages'],
  addedOn: ['addedOn'],
} as const satisfies Partial<Record<keyof NewTitle, readonly TitleField[]>>;

type Field = keyof typeof REPLACED;
const FIELDS = Object.keys(REPLACED) as Field[];

/** Values that replace those of the other columns. Null removes a value. The API validates them. */
export type ExactValues = Readonly<Partial<Record<Field, unknown>>>;

/**
 * Returns the values of a title that the other columns of its row cannot represent: a line break in a synopsis, credits
 * that are not grouped by role, an external ID without a source.
 *
 * @param read the title that an import reads from the other columns, undefined if it rejects them
 */
export function listExactValues(title: ExactValues, read: NewTitle | undefined): ExactValues {
  const differs = FIELDS.filter((field) => JSON.stringify(title[field]) !== JSON.stringify(read?.[field]));
  return Object.fromEntries(differs.map((field) => [field, title[field] ?? null] as const));
}

/** Returns the columns that have no effect, because exact values replace theirs. */
export function listReplacedFields(exact: ExactValues): ReadonlySet<TitleField> {
  return new Set(FIELDS.filter((field) => field in exact).flatMap((field): readonly TitleField[] => REPLACED[field]));
}

export function readExactValues(row: RowReader): ExactValues {
  const text = row.text('exact');
  if (text === '') return {};
  const values = parseObject(text);
  if (values === undefined) row.report('dropped', 'exact', 'notAnObject', text, '');
  return Object.fromEntries(
    FIELDS.flatMap((field) => (values?.has(field) ? [[field, values.get(field)] as const] : [])),
  );
}

export function applyExactValues(title: NewTitle, exact: ExactValues): NewTitle {
  const entries = Object.entries({ ...title, ...exact });
  return Object.fromEntries(entries.filter(([, value]) => value !== null)) as NewTitle;
}

function parseObject(text: string): ReadonlyMap<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return new Map(Object.entries(value));
  } catch {
    // Reported by the caller.
  }
  return undefined;
}
