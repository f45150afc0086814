import { randomBytes } from 'node:crypto';
import type { Transaction } from '@viernes/database';
import { RebuildRejectedError } from './projection.js';

/**
 * A schema with empty copies of a projection's tables, the inbox, and the outbox. Handlers run unchanged in
 * transactions whose search path starts with it: they fill the copies, and events that they add to the outbox are
 * discarded. Raw SQL: the entities have no second schema, and TypeORM neither creates nor locks tables.
 */
export class ShadowSchema {
  /** Unique per run: concurrent runs do not write to the same tables. */
  readonly schema: string;
  private readonly prefix: string;

  constructor(
    projection: string,
    private readonly tables: readonly string[],
  ) {
    this.prefix = `rebuild_${projection}_`;
    this.schema = this.prefix + randomBytes(4).toString('hex');
  }

  /** Drops the schemas of earlier runs too. @throws RebuildRejectedError if a foreign key refers to a table */
  async create(tx: Transaction): Promise<void> {
    const referring: { name: string }[] = await tx.query(
      `SELECT conrelid::regclass::text AS name FROM pg_constraint WHERE contype = 'f' AND confrelid = ANY ($1::regclass[])`,
      [this.tables],
    );
    if (referring[0]) throw new RebuildRejectedError(`${referring[0].name} refers to a table of the projection`);
    await this.drop(tx);
    await tx.query(`CREATE SCHEMA ${this.schema}`);
    for (const table of ['inbox', 'outbox', ...this.tables]) {
      await tx.query(`CREATE TABLE ${this.schema}.${table} (LIKE ${table} INCLUDING ALL)`);
    }
  }

  async drop(tx: Transaction): Promise<void> {
    const schemas: { name: string }[] = await tx.query(
      `SELECT quote_ident(nspname) AS name FROM pg_namespace WHERE starts_with(nspname, $1)`,
      [this.prefix],
    );
    for (const { name } of schemas) await tx.query(`DROP SCHEMA ${name} CASCADE`);
  }

  /**
   * Runs work with the copies instead of the tables.
   * @throws RebuildRejectedError if it writes to any other table, because the rebuild would repeat that effect
   */
  async run<Result>(tx: Transaction, work: () => Promise<Result>): Promise<Result> {
    await tx.query(`SELECT set_config('search_path', $1 || ', ' || current_setting('search_path'), true)`, [
      this.schema,
    ]);
    const before = await this.countOtherWrites(tx);
    const result = await work();
    for (const [table, writes] of await this.countOtherWrites(tx)) {
      if (writes <= (before.get(table) ?? 0)) continue;
      throw new RebuildRejectedError(`a handler writes to ${table}, which is not in the projection`);
    }
    return result;
  }

  /** Replaces the rows of the tables. Readers see the old rows until the commit. @returns the number of new rows */
  async replaceTables(tx: Transaction): Promise<number> {
    let rows = 0;
    for (const table of this.tables) {
      await tx.query(`LOCK TABLE ${table} IN EXCLUSIVE MODE`);
      const columns = await listColumns(tx, table);
      await tx.query(`DELETE FROM ${table}`);
      const [inserted]: { count: number }[] = await tx.query(
        `WITH inserted AS (
           INSERT INTO ${table} (${columns}) OVERRIDING SYSTEM VALUE SELECT ${columns} FROM ${this.schema}.${table}
           RETURNING 1)
         SELECT count(*)::int AS count FROM inserted`,
      );
      rows += inserted?.count ?? 0;
    }
    return rows;
  }

  /** Counts written rows by table, with those of earlier transactions that are not in the server's statistics yet. */
  private async countOtherWrites(tx: Transaction): Promise<Map<string, number>> {
    const rows: { name: string; writes: number }[] = await tx.query(
      `SELECT schemaname || '.' || relname AS name, (n_tup_ins + n_tup_upd + n_tup_del)::int AS writes
       FROM pg_stat_xact_user_tables WHERE schemaname <> $1 AND n_tup_ins + n_tup_upd + n_tup_del > 0`,
      [this.schema],
    );
    return new Map(rows.map(({ name, writes }) => [name, writes]));
  }
}

/** Lists all columns except generated ones. */
async function listColumns(tx: Transaction, table: string): Promise<string> {
  const rows: { name: string }[] = await tx.query(
    `SELECT quote_ident(attname) AS name FROM pg_attribute
     WHERE attrelid = $1::regclass AND attnum > 0 AND NOT attisdropped AND attgenerated = '' ORDER BY attnum`,
    [table],
  );
  return rows.map(({ name }) => name).join(', ');
}
