import { CodedError } from '@viernes/contracts';
import type { Transaction } from '../transactions.js';
import type { ExportedTable, RowKey } from './exported-table.js';

export interface ExportPage {
  /** Rows by the name of their list. A list that does not end on this page continues as the first one of the next page. */
  readonly lists: Readonly<Record<string, readonly unknown[]>>;
  /** Empty on the last page. */
  readonly nextCursor: string;
}

/** Bounds the memory of a page in each process: rows of accounts have up to 1 KB. */
const PAGE_ROWS = 1_000;

/**
 * Reads a page of the export of an account. A row that exists during the complete export is on exactly one page.
 *
 * @param tables in the same order for each page
 * @param cursor empty for the first page
 * @param pageRows the most rows of a page, of all lists together
 * @throws CodedError CURSOR_INVALID
 */
export async function readExportPage(
  tx: Transaction,
  tables: readonly ExportedTable[],
  cursor: string,
  pageRows = PAGE_ROWS,
): Promise<ExportPage> {
  const start = decode(cursor);
  const first = start ? tables.findIndex(({ name }) => name === start.name) : 0;
  if (first < 0) throw new CodedError('CURSOR_INVALID');
  const lists: Record<string, readonly unknown[]> = {};
  let remaining = pageRows;
  let after = start?.key;
  for (const table of tables.slice(first)) {
    const { rows, lastKey } = await table.read(tx, after, remaining);
    lists[table.name] = rows;
    remaining -= rows.length;
    if (remaining === 0 && lastKey) return { lists, nextCursor: encode(table.name, lastKey) };
    after = undefined;
  }
  return { lists, nextCursor: '' };
}

/** The list that the next page continues, and the row after which it does. */
interface Position {
  readonly name: string;
  readonly key: RowKey;
}

function encode(name: string, key: RowKey): string {
  return Buffer.from(JSON.stringify([name, ...key])).toString('base64url');
}

function decode(cursor: string): Position | undefined {
  if (cursor === '') return undefined;
  const [name, ...key] = parse(Buffer.from(cursor, 'base64url').toString('utf8'));
  if (typeof name !== 'string' || !key.every((value) => typeof value === 'string'))
    throw new CodedError('CURSOR_INVALID');
  return { name, key };
}

function parse(json: string): unknown[] {
  try {
    return JSON.parse(json) as unknown[];
  } catch (error) {
    throw new CodedError('CURSOR_INVALID', {}, { cause: error });
  }
}
