import pg from 'pg';
import { config } from '../config.js';
import { eventually } from './eventually.js';

/** Identifies the advisory lock that pauses a service. */
const PAUSE_KEY = 20_261_123;

/** The database of a service. Pauses the service at a statement, so that a test can kill it there. */
export class ServiceDatabase {
  private constructor(private readonly client: pg.Client) {}

  static async connect(service: string): Promise<ServiceDatabase> {
    if (config.postgresUrl === undefined) throw new Error('POSTGRES_URL is not set. Run npm test, which sets it.');
    const url = new URL(config.postgresUrl);
    url.pathname = `/viernes_${service}`;
    const client = new pg.Client({ connectionString: url.href });
    await client.connect();
    await client.query(
      `CREATE OR REPLACE FUNCTION acceptance_pause() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
         PERFORM pg_advisory_xact_lock_shared(${PAUSE_KEY});
         RETURN coalesce(NEW, OLD);
       END $$`,
    );
    return new ServiceDatabase(client);
  }

  /** Pauses the service before it changes a row: `DELETE ON upload`. */
  async pauseBefore(change: string): Promise<void> {
    await this.client.query(`SELECT pg_advisory_lock(${PAUSE_KEY})`);
    await this.client.query(
      `CREATE TRIGGER acceptance_pause BEFORE ${change} FOR EACH ROW EXECUTE FUNCTION acceptance_pause()`,
    );
  }

  /** @param state of the service before the change, for the error message */
  async waitUntilPaused(state: string): Promise<void> {
    const waiting = `SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND objid = ${PAUSE_KEY} AND NOT granted
      AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`;
    await eventually(
      () => this.client.query(waiting),
      ({ rows }) => rows.length > 0,
      { what: `the service is paused when ${state}` },
    );
  }

  /** Rolls back what the killed service has not committed, and lets the next process pass. */
  async resume(change: string): Promise<void> {
    await this.client.query(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
       WHERE datname = current_database() AND pid <> pg_backend_pid()`,
    );
    const table = change.split(' ON ')[1] ?? '';
    await this.client.query(`DROP TRIGGER IF EXISTS acceptance_pause ON ${table}`);
    await this.client.query('SELECT pg_advisory_unlock_all()');
  }

  /**
   * Returns the tables with a row that contains one of these texts in any column, except the table of account
   * deletions. Payloads of events are bytes, which PostgreSQL prints in hexadecimal.
   */
  async findTables(...texts: readonly string[]): Promise<string[]> {
    const tables = await this.client.query<{ name: string }>(
      `SELECT table_name AS name FROM information_schema.tables
       WHERE table_schema = current_schema() AND table_type = 'BASE TABLE' AND table_name <> 'account_deletion'`,
    );
    const patterns = texts.flatMap((text) => [text, Buffer.from(text).toString('hex')]).map((text) => `%${text}%`);
    const found: string[] = [];
    for (const { name } of tables.rows) {
      const query = `SELECT 1 FROM "${name}" AS each WHERE each::text LIKE ANY ($1) LIMIT 1`;
      const { rows } = await this.client.query(query, [patterns]);
      if (rows.length > 0) found.push(name);
    }
    return found;
  }

  /** Inserts a passkey without an authenticator. @returns its ID */
  async insertPasskey(accountId: string): Promise<string> {
    const { rows } = await this.client.query<{ id: string }>(
      `INSERT INTO passkey (id, account_id, credential_id, public_key, counter, transports, is_backed_up, name)
       VALUES (gen_random_uuid(), $1, gen_random_uuid()::text::bytea, '', 0, '{}', false, 'Laptop') RETURNING id`,
      [accountId],
    );
    return rows[0]?.id ?? '';
  }

  /** Inserts an identity of a provider that does not exist. @returns its ID */
  async insertIdentity(accountId: string): Promise<string> {
    const { rows } = await this.client.query<{ id: string }>(
      `INSERT INTO identity (id, account_id, issuer, subject)
       VALUES (gen_random_uuid(), $1, 'https://id.example', gen_random_uuid()) RETURNING id`,
      [accountId],
    );
    return rows[0]?.id ?? '';
  }

  async close(): Promise<void> {
    await this.client.query('DROP FUNCTION IF EXISTS acceptance_pause CASCADE');
    await this.client.end();
  }
}
