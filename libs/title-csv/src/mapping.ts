import { enumValues } from '@viernes/api-client';
import { STANDARD_COLUMNS, TITLE_FIELDS, type TitleField } from './columns.js';
import { DateFormat } from './date-format.js';

type TitleKind = (typeof enumValues.TitleKind)[number];
type MaturityRating = (typeof enumValues.MaturityRating)[number];
type ByField = Readonly<Partial<Record<TitleField, string>>>;

/** Describes how a file differs from one with the standard columns. */
export interface MappingOptions {
  /** The column of each field. Fields that are not listed have their standard columns. */
  readonly columns?: ByField;
  /** Values for rows without a value in the column. */
  readonly defaults?: ByField;
  /** Values of the column `kind`, for example `{ "tvSeries": "series" }`. Case is ignored. */
  readonly kinds?: Readonly<Record<string, TitleKind>>;
  readonly maturityRatings?: Readonly<Record<string, MaturityRating>>;
  /** The text between the items of lists. */
  readonly listSeparator?: string;
  /** Exceptions to `listSeparator`. */
  readonly listSeparators?: ByField;
  /** See `DateFormat`. */
  readonly dateFormats?: readonly string[];
  /** Texts that mean that a value is missing, for example `N/A`. */
  readonly missingValues?: readonly string[];
}

export interface Mapping {
  readonly columns: ByField;
  readonly defaults: ByField;
  readonly kinds: ReadonlyMap<string, TitleKind>;
  readonly maturityRatings: ReadonlyMap<string, MaturityRating>;
  readonly listSeparator: (field: TitleField) => string;
  readonly dateFormats: readonly DateFormat[];
  readonly missingValues: ReadonlySet<string>;
}

const KINDS = { movie: 'film', film: 'film', 'tv show': 'series', 'tv series': 'series', series: 'series' } as const;
const DATE_FORMATS = ['MMMM d, yyyy', 'yyyy-MM-dd'];

/** A field without a standard column has a column with the name of the field. */
const DEFAULT_COLUMNS: ByField = Object.fromEntries(
  TITLE_FIELDS.map((field) => [field, (STANDARD_COLUMNS as ByField)[field] ?? field]),
);

/** @throws Error if a date format is invalid */
export function toMapping(options: MappingOptions = {}): Mapping {
  const { listSeparators = {}, listSeparator = ',' } = options;
  return {
    columns: { ...DEFAULT_COLUMNS, ...options.columns },
    defaults: options.defaults ?? {},
    kinds: toLowerCaseMap<TitleKind>({ ...KINDS, ...options.kinds }),
    maturityRatings: toLowerCaseMap<MaturityRating>({
      ...Object.fromEntries(enumValues.MaturityRating.map((name) => [name, name])),
      'not rated': 'NR',
      unrated: 'UR',
      ...options.maturityRatings,
    }),
    listSeparator: (field) => listSeparators[field] ?? listSeparator,
    dateFormats: [...(options.dateFormats ?? []), ...DATE_FORMATS].map((format) => new DateFormat(format)),
    missingValues: new Set(options.missingValues),
  };
}

function toLowerCaseMap<Value>(values: Readonly<Record<string, Value>>): ReadonlyMap<string, Value> {
  return new Map(Object.entries(values).map(([name, value]) => [name.toLowerCase(), value]));
}
