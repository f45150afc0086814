import { randomBytes } from 'node:crypto';
import type { Transaction } from '@viernes/database';
import { RebuildRefusal } from './projection.js';

const NAME = /^[a-z][a-z_]{0,40}$/;

/**
 * A schema with empty copies of a projection's tables, of the inbox and of the outbox. A transaction that looks there first
 * runs the service's own handlers unchanged: they fill the copies, and what they tell others is told to nobody.
 */
export class Shadow {
  /** Of this run alone: should another one begin though this one still runs, neither fills the other's tables. */
  readonly schema: string;
  private readonly prefix: string;
  private readonly tables: readonly string[];

  /** @throws RebuildRefusal for names that are none */
  constructor(projection: string, tables: readonly string[]) {
    const wrong = [projection, ...tables].find((name) => !NAME.test(name));
    if (wrong !== undefined) throw new RebuildRefusal(`${wrong} is no name of a projection or a table`);
    this.prefix = `rebuild_${projection}_`;
    this.schema = this.prefix + randomBytes(4).toString('hex');
    this.tables = tables;
  }

  /** Drops what earlier runs left. @throws RebuildRefusal where a foreign key refers to a table */
  async make(tx: Transaction): Promise<void> {
    const referring: { name: string }[] = await tx.query(
      `SELECT conrelid::regclass::text AS name FROM pg_constraint WHERE contype = 'f' AND confrelid = ANY ($1::regclass[])`,
      [this.tables],
    );
    if (referring[0]) throw new RebuildRefusal(`${referring[0].name} refers to a table of the projection`);
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
   * Runs work for which the copies stand in front of the tables.
   * @throws RebuildRefusal where it wrote to any other table: that would be done a second time
   */
  async within<Result>(tx: Transaction, work: () => Promise<Result>): Promise<Result> {
    await tx.query(`SELECT set_config('search_path', $1 || ', ' || current_setting('search_path'), true)`, [
      this.schema,
    ]);
    const before = await this.writesElsewhere(tx);
    const result = await work();
    for (const [table, writes] of await this.writesElsewhere(tx)) {
      if (writes > (before.get(table) ?? 0))
        throw new RebuildRefusal(`a handler writes ${table}, not of the projection`);
    }
    return result;
  }

  /** Puts the copies' rows in the place of the tables' own. Readers see the old ones until the commit, and then the new. */
  async replaceTables(tx: Transaction): Promise<number> {
    let rows = 0;
    for (const table of this.tables) {
      await tx.query(`LOCK TABLE ${table} IN EXCLUSIVE MODE`);
      const columns = await this.columnsOf(tx, table);
      const copy = `${this.schema}.${table}`;
      await tx.query(`DELETE FROM ${table}`);
      await tx.query(`INSERT INTO ${table} (${columns}) OVERRIDING SYSTEM VALUE SELECT ${columns} FROM ${copy}`);
      const [counted]: { count: number }[] = await tx.query(`SELECT count(*)::int AS count FROM ${copy}`);
      rows += counted?.count ?? 0;
    }
    return rows;
  }

  /** All but those that the database computes. */
  private async columnsOf(tx: Transaction, table: string): Promise<string> {
    const rows: { name: string }[] = await tx.query(
      `SELECT quote_ident(attname) AS name FROM pg_attribute
       WHERE attrelid = $1::regclass AND attnum > 0 AND NOT attisdropped AND attgenerated = '' ORDER BY attnum`,
      [table],
    );
    return rows.map(({ name }) => name).join(', ');
  }

  /** Rows written so far, by table; of transactions before this one too, while the server has not collected their counts. */
  private async writesElsewhere(tx: Transaction): Promise<Map<string, number>> {
    const rows: { name: string; writes: number }[] = await tx.query(
      `SELECT schemaname || '.' || relname AS name, (n_tup_ins + n_tup_upd + n_tup_del)::int AS writes
       FROM pg_stat_xact_user_tables WHERE schemaname <> $1 AND n_tup_ins + n_tup_upd + n_tup_del > 0`,
      [this.schema],
    );
    return new Map(rows.map(({ name, writes }) => [name, writes]));
  }
}
