import pg from 'pg';

/** Counts the transactions of one database that write rows. */
export interface WritingTransactions {
  readonly count: () => Promise<number>;
  readonly stop: () => Promise<void>;
}

/**
 * Adds to every table a trigger that records the ID of each transaction with an INSERT, UPDATE, or DELETE. The
 * statistics of PostgreSQL do not distinguish reads from writes, and its transaction IDs are those of all databases.
 */
export async function recordWritingTransactions(databaseUrl: string): Promise<WritingTransactions> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  const tables = await client.query<{ name: string }>(
    `SELECT quote_ident(tablename) AS name FROM pg_tables WHERE schemaname = current_schema() AND tablename <> 'migrations'`,
  );
  await client.query('CREATE UNLOGGED TABLE bench_transaction (id xid8 PRIMARY KEY)');
  await client.query(
    `CREATE FUNCTION bench_record() RETURNS trigger LANGUAGE plpgsql AS
     'BEGIN INSERT INTO bench_transaction VALUES (pg_current_xact_id()) ON CONFLICT DO NOTHING; RETURN NULL; END'`,
  );
  for (const { name } of tables.rows) {
    await client.query(
      `CREATE TRIGGER bench_record AFTER INSERT OR UPDATE OR DELETE ON ${name}
       FOR EACH STATEMENT EXECUTE FUNCTION bench_record()`,
    );
  }
  return {
    count: async () => {
      const { rows } = await client.query<{ count: number }>('SELECT count(*)::int AS count FROM bench_transaction');
      return rows[0]?.count ?? 0;
    },
    stop: async () => {
      await client.query('DROP FUNCTION bench_record CASCADE');
      await client.query('DROP TABLE bench_transaction');
      await client.end();
    },
  };
}
