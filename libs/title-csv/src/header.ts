import { TITLE_FIELDS, type TitleField } from './columns.js';
import type { ByteSource } from './byte-source.js';
import type { Mapping } from './mapping.js';
import { readCsv, type CsvFormat } from './read-csv.js';
import type { Cells } from './row-reader.js';

const DELIMITERS = [',', ';', '\t', '|'];

/** The reason why the first record of a file is not a header of titles. */
export type HeaderProblem =
  | { readonly code: 'invalidQuotes' }
  | {
      readonly code: 'noNameColumn';
      /** The missing column. */
      readonly column: string;
      /** The existing columns. */
      readonly columns: readonly string[];
      readonly delimiter: string;
    };

/** Contains no text for users. The programs that read the file create this text from the problem. */
export class HeaderError extends Error {
  constructor(readonly problem: HeaderProblem) {
    super(problem.code);
  }
}

/** The first record of a file, with the fields of a title that its columns contain. */
export interface Header {
  readonly format: CsvFormat;
  /** Number of columns. */
  readonly width: number;
  readonly fields: readonly TitleField[];
  /** Columns that no field of a title uses. */
  readonly unusedColumns: readonly string[];
  readonly toCells: (record: readonly string[]) => Cells;
}

/**
 * Reads the header. Detects the delimiter: the one that results in the most known columns.
 *
 * @param delimiter of the file, if it is known
 * @throws HeaderError if the file has no column for the name of titles
 */
export async function readHeader(
  source: ByteSource,
  mapping: Mapping,
  { delimiter, hasQuotes }: { readonly delimiter: string | undefined; readonly hasQuotes: boolean },
): Promise<Header> {
  const candidates: Header[] = [];
  for (const candidate of delimiter === undefined ? DELIMITERS : [delimiter]) {
    const format = { delimiter: candidate, hasQuotes };
    for await (const record of readCsv(source, format)) {
      if (record.problem === undefined) candidates.push(toHeader(record.fields, mapping, format));
      break;
    }
  }
  const [header] = candidates.sort((a, b) => b.fields.length - a.fields.length || b.width - a.width);
  if (header === undefined) throw new HeaderError({ code: 'invalidQuotes' });
  if (!header.fields.includes('name')) throw noName(header, mapping);
  return header;
}

function toHeader(columns: readonly string[], mapping: Mapping, format: CsvFormat): Header {
  const names = columns.map(normalize);
  const indexes = TITLE_FIELDS.flatMap((field) => {
    const index = names.indexOf(normalize(mapping.columns[field] ?? ''));
    return index === -1 ? [] : [[field, index] as const];
  });
  const used = new Set(indexes.map(([, index]) => index));
  return {
    format,
    width: columns.length,
    fields: indexes.map(([field]) => field),
    unusedColumns: columns.filter((_, index) => !used.has(index)),
    toCells: (record) => Object.fromEntries(indexes.map(([field, index]) => [field, record[index]])),
  };
}

function noName({ unusedColumns, fields, format }: Header, { columns }: Mapping): HeaderError {
  const known = fields.map((field) => columns[field] ?? field);
  return new HeaderError({
    code: 'noNameColumn',
    column: columns.name ?? 'name',
    columns: [...known, ...unusedColumns],
    delimiter: format.delimiter,
  });
}

function normalize(column: string): string {
  return column.trim().toLowerCase();
}
