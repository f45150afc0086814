import { CodedError } from '@viernes/contracts';
import { PageCursor } from '@viernes/platform';
import { z } from 'zod';
import type { Transaction } from '../transactions.js';
import type { ExportedTable, RowKey } from './exported-table.js';

/** The request of a method that returns a page of the export. */
export const ExportPageRequest = z.object({ cursor: z.string().max(1_000) });
export type ExportPageRequest = z.infer<typeof ExportPageRequest>;

export interface ExportPage {
  /** Rows by the name of their list. If a list does not end on this page, the next page begins with its other rows. */
  readonly lists: Readonly<Record<string, readonly unknown[]>>;
  /** Empty on the last page. */
  readonly nextCursor: string;
}

/** The list that the next page continues, and the key of the last row of this page. */
const CURSOR = new PageCursor('account-export', z.tuple([z.string()], z.string()));

/**
 * Maximum number of rows of a page, over all lists. Limits the memory of each process: most rows have less than 1 KB.
 */
const PAGE_ROWS = 1_000;

/**
 * Reads a page of the export of an account. A row that exists during the entire export is on exactly one page.
 *
 * @param tables in the same order for each page
 * @param cursor empty for the first page
 * @throws CodedError CURSOR_INVALID
 */
export async function readExportPage(
  tx: Transaction,
  tables: readonly ExportedTable[],
  cursor: string,
): Promise<ExportPage> {
  const [firstName, ...key] = CURSOR.decode(cursor) ?? [];
  const first = firstName === undefined ? 0 : tables.findIndex(({ name }) => name === firstName);
  if (first < 0) throw new CodedError('CURSOR_INVALID');
  const lists: Record<string, readonly unknown[]> = {};
  let remaining = PAGE_ROWS;
  let after: RowKey | undefined = firstName === undefined ? undefined : key;
  for (const table of tables.slice(first)) {
    const limit = Math.min(remaining, table.maxPageRows ?? PAGE_ROWS);
    const { rows, lastKey } = await table.read(tx, after, limit);
    lists[table.name] = rows;
    if (rows.length === limit && lastKey) return { lists, nextCursor: CURSOR.encode([table.name, ...lastKey]) };
    remaining -= rows.length;
    after = undefined;
  }
  return { lists, nextCursor: '' };
}
