import { enumValues } from '@viernes/api-client';
import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { STANDARD_COLUMNS, TITLE_FIELDS, type TitleField } from '../catalog-file/columns.js';
import { DateFormat } from '../catalog-file/date-format.js';
import { UsageError } from '../settings.js';

const titleField = z.enum(TITLE_FIELDS);
const separator = z.string().min(1).max(10);
const dateFormat = z.string().transform((format, context) => {
  try {
    return new DateFormat(format);
  } catch (error) {
    context.addIssue(error instanceof Error ? error.message : String(error));
    return z.NEVER;
  }
});

/** The content of a mapping file. */
const MappingFile = z.strictObject({
  /** The column of each field. Fields that are not listed have their standard columns. */
  columns: z.partialRecord(titleField, z.string().min(1)).default({}),
  /** Values for rows without a value in the column. */
  defaults: z.partialRecord(titleField, z.string()).default({}),
  /** Values of the column `kind`, for example `{ "tvSeries": "series" }`. Case is ignored. */
  kinds: z.record(z.string(), z.enum(enumValues.TitleKind)).default({}),
  maturityRatings: z.record(z.string(), z.enum(enumValues.MaturityRating)).default({}),
  /** Between the items of lists. */
  listSeparator: separator.default(','),
  /** Exceptions from `listSeparator`. */
  listSeparators: z.partialRecord(titleField, separator).default({}),
  dateFormats: z.array(dateFormat).default([]),
  /** Values that mean that there is none, for example `N/A`. */
  missingValues: z.array(z.string()).default([]),
});

export interface Mapping {
  /** The parsed JSON of the mapping file. */
  readonly file: unknown;
  readonly columns: Readonly<Partial<Record<TitleField, string>>>;
  readonly defaults: Readonly<Partial<Record<TitleField, string>>>;
  readonly kinds: ReadonlyMap<string, 'film' | 'series'>;
  readonly maturityRatings: ReadonlyMap<string, (typeof enumValues.MaturityRating)[number]>;
  readonly listSeparator: (field: TitleField) => string;
  readonly dateFormats: readonly DateFormat[];
  readonly missingValues: ReadonlySet<string>;
}

const KINDS = { movie: 'film', film: 'film', 'tv show': 'series', 'tv series': 'series', series: 'series' } as const;
const DATE_FORMATS = ['MMMM d, yyyy', 'yyyy-MM-dd'].map((format) => new DateFormat(format));

/** The columns of other fields have the names of the fields. */
const DEFAULT_COLUMNS: Partial<Record<TitleField, string>> = Object.fromEntries(
  TITLE_FIELDS.map((field) => [field, (STANDARD_COLUMNS as Partial<Record<TitleField, string>>)[field] ?? field]),
);

/** @param file the parsed JSON of a mapping file @throws z.ZodError */
export function toMapping(file: unknown = {}): Mapping {
  const parsed = MappingFile.parse(file);
  return {
    file,
    columns: { ...DEFAULT_COLUMNS, ...parsed.columns },
    defaults: parsed.defaults,
    kinds: toLowerCaseMap({ ...KINDS, ...parsed.kinds }),
    maturityRatings: toLowerCaseMap({
      ...Object.fromEntries(enumValues.MaturityRating.map((name) => [name, name])),
      'not rated': 'NR' as const,
      unrated: 'UR' as const,
      ...parsed.maturityRatings,
    }),
    listSeparator: (field) => parsed.listSeparators[field] ?? parsed.listSeparator,
    dateFormats: [...parsed.dateFormats, ...DATE_FORMATS],
    missingValues: new Set(parsed.missingValues),
  };
}

/** @throws UsageError that lists all errors of the file */
export async function readMapping(path: string): Promise<Mapping> {
  try {
    return toMapping(JSON.parse(await readFile(path, 'utf8')));
  } catch (error) {
    const reason =
      error instanceof z.ZodError
        ? error.issues.map((issue) => `\n  ${issue.path.join('.')}: ${issue.message}`).join('')
        : ` ${error instanceof Error ? error.message : String(error)}`;
    throw new UsageError(`Invalid mapping file ${path}:${reason}`, { cause: error });
  }
}

function toLowerCaseMap<Value>(values: Readonly<Record<string, Value>>): ReadonlyMap<string, Value> {
  return new Map(Object.entries(values).map(([name, value]) => [name.toLowerCase(), value]));
}
