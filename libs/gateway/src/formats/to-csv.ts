import { stringify } from 'csv-stringify/sync';
import type { CsvTable } from '../routes/operation.js';

export const CSV_TYPE = 'text/csv';

/**
 * Writes the rows of a body as CSV with a header (RFC 4180). Missing values are empty. Text that a spreadsheet would execute
 * as a formula starts with an apostrophe.
 */
export function toCsv(body: unknown, { rows, columns }: CsvTable): string {
  const records = (body as Readonly<Record<string, readonly object[]>>)[rows] ?? [];
  return stringify([...records], {
    header: true,
    columns: [...columns],
    record_delimiter: 'windows',
    escape_formulas: true,
  });
}
