import type { FindOptionsWhere, ObjectLiteral } from 'typeorm';
import type { Transaction } from '../transactions.js';

/** The values of the primary key of a row, in the text form of PostgreSQL. */
export type RowKey = readonly string[];

/** A list in the export of an account. */
export interface ExportedTable {
  readonly name: string;
  /** Maximum number of rows of this list on a page, if its rows can be large. */
  readonly maxPageRows?: number;
  /** Reads up to `limit` rows in the order of their keys, with the key of the last one. */
  read(tx: Transaction, after: RowKey | undefined, limit: number): Promise<ExportedRows>;
}

export interface ExportedRows {
  readonly rows: readonly unknown[];
  /** Undefined without rows. */
  readonly lastKey: RowKey | undefined;
}

/**
 * Describes the rows of a table that an account owns. They are read in the order of the primary key, which never
 * changes: if they were sorted by time, a row that is updated between two pages would be missing or occur twice.
 *
 * @param name of the list in the export
 * @param toExported removes secrets from a row
 */
export function exportedTable<Row extends ObjectLiteral>(
  name: string,
  entity: new () => Row,
  where: FindOptionsWhere<Row>,
  toExported: (row: Row) => unknown = (row) => row,
): ExportedTable {
  return {
    name,
    read: async (tx, after, limit) => {
      const keys = tx.connection.getMetadata(entity).primaryColumns.map(({ propertyName }) => propertyName);
      const columns = keys.map((key) => `row.${key}`);
      const query = tx.createQueryBuilder(entity, 'row').where(where).limit(limit);
      for (const column of columns) query.addOrderBy(column);
      if (after) {
        const values = after.map((_value, index) => `:key${index}`).join(', ');
        const parameters = Object.fromEntries(after.map((value, index) => [`key${index}`, value]));
        query.andWhere(`(${columns.join(', ')}) > (${values})`, parameters);
      }
      const rows = await query.getMany();
      const last = rows.at(-1);
      return { rows: rows.map(toExported), lastKey: last && keys.map((key) => toKeyValue(last[key])) };
    },
  };
}

function toKeyValue(value: unknown): string {
  return Buffer.isBuffer(value) ? `\\x${value.toString('hex')}` : String(value);
}
