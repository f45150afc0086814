import { Injectable } from '@nestjs/common';
import { PeriodicTasks } from '@viernes/platform';
import { Database } from './database.js';
import { Transactions } from './transactions.js';

const INTERVAL_MS = 10 * 60_000;
const BATCH_ROWS = 500;

/** The old rows of a table. The strings are SQL. */
export interface OldRows {
  readonly table: string;
  /** The primary key, or `ctid` if it has several columns. */
  readonly key: string;
  /** The condition of rows that are deleted. */
  readonly where: string;
  /** The name of the task in logs. Default: `<table> cleanup`. */
  readonly name?: string;
  /** Sorts the rows, so that the oldest are deleted first. Omit it for large tables to avoid the sort. */
  readonly orderBy?: string;
  /** Called after the commit of each batch with deleted rows. */
  readonly onDeleted?: (count: number) => void;
}

/** Deletes the old rows of tables periodically, in batches, so that no statement locks many rows. */
@Injectable()
export class RowCleanups {
  private readonly all: OldRows[] = [];

  constructor(
    private readonly database: Database,
    private readonly transactions: Transactions,
    private readonly tasks: PeriodicTasks,
  ) {}

  /** Call it in a constructor. Every replica deletes the rows, and skips those that another one is deleting. */
  add(rows: OldRows): void {
    this.all.push(rows);
    const run = async (signal: AbortSignal): Promise<void> => {
      await this.database.whenReady();
      await this.deleteRows(rows, signal);
    };
    this.tasks.add({ name: rows.name ?? `${rows.table} cleanup`, intervalMs: INTERVAL_MS, run });
  }

  /** Deletes the old rows of all tables. */
  async run(signal: AbortSignal = new AbortController().signal): Promise<void> {
    for (const rows of this.all) await this.deleteRows(rows, signal);
  }

  private async deleteRows({ table, key, where, orderBy, onDeleted }: OldRows, signal: AbortSignal): Promise<void> {
    // Raw SQL: the query builder supports neither LIMIT nor SKIP LOCKED in a DELETE.
    const order = orderBy === undefined ? '' : `ORDER BY ${orderBy}`;
    const statement = `DELETE FROM ${table} WHERE ${key} IN
      (SELECT ${key} FROM ${table} WHERE ${where} ${order} LIMIT ${BATCH_ROWS} FOR UPDATE SKIP LOCKED)`;
    for (let deleted = BATCH_ROWS; deleted === BATCH_ROWS && !signal.aborted;) {
      [, deleted] = await this.transactions.run((tx) => tx.query<[unknown[], number]>(statement));
      if (deleted > 0) onDeleted?.(deleted);
    }
  }
}
