import { tryLockInSession, unlockInSession } from '@viernes/database';
import type { EventMessage } from '@viernes/kafka';
import pg from 'pg';
import { OUTBOX_CHANNEL } from './outbox-rows.js';

const BATCH_ROWS = 500;
/** Even with one more event of the maximum size, a batch is below the 1 MB that Kafka accepts per partition. */
const BATCH_BYTES = 640 * 1024;
/** Estimated size of the headers of an event. */
const HEADER_BYTES = 400;

interface OutboxRow extends Omit<EventMessage, 'id' | 'time' | 'traceparent' | 'extensions'> {
  readonly id: string;
  readonly eventId: string;
  readonly timeMs: number;
  readonly traceparent: string | null;
  readonly extensions: Record<string, string> | null;
}

export interface OutboxRecord extends EventMessage {
  readonly rowId: string;
}

/**
 * A dedicated connection of the relay. It has the leadership lock, and it reads and deletes rows: a relay that has lost
 * the lock cannot delete rows, and the next leader publishes the same batch in the same order. Raw SQL: TypeORM has no
 * session locks, LISTEN, or pipelining.
 */
export class OutboxSession {
  private constructor(private readonly client: pg.Client) {}

  /** @param onEvent called after a commit that notifies the relay, and if the connection is lost */
  static async open(url: string, onEvent: () => void): Promise<OutboxSession> {
    const client = new pg.Client({
      connectionString: url,
      application_name: 'viernes-relay',
      keepAlive: true,
      // Sends a statement before the response to the previous one has arrived.
      pipeline: true,
      connectionTimeoutMillis: 5_000,
      statement_timeout: 10_000,
      query_timeout: 15_000,
      // Keepalives: the server detects within 30 s that the leader's machine stopped responding, not after two hours.
      // Asynchronous commit: a crash of the server can undo a deletion. The events are then published again, and the
      // inboxes skip them.
      options:
        '-c tcp_keepalives_idle=10 -c tcp_keepalives_interval=5 -c tcp_keepalives_count=3 -c synchronous_commit=off',
    });
    client.on('error', onEvent);
    client.on('notification', onEvent);
    await client.connect();
    await client.query(`LISTEN ${OUTBOX_CHANNEL}`);
    return new OutboxSession(client);
  }

  tryLead(): Promise<boolean> {
    return tryLockInSession(this.client, 'outboxRelay');
  }

  /**
   * Makes transactions notify the relay from now on.
   *
   * @returns false while a transaction is in progress that will not notify it
   */
  tryRequestNotifications(): Promise<boolean> {
    return tryLockInSession(this.client, 'outboxRelayWaiting');
  }

  endNotifications(): Promise<void> {
    return unlockInSession(this.client, 'outboxRelayWaiting');
  }

  async hasRows(): Promise<boolean> {
    return (await this.client.query('SELECT FROM outbox LIMIT 1')).rowCount === 1;
  }

  /** Deletes published rows and reads the next ones, in one round trip. */
  async deleteAndRead(published: readonly string[]): Promise<OutboxRecord[]> {
    const [, rows] = await Promise.all([this.delete(published), this.read()]);
    return rows;
  }

  async delete(rowIds: readonly string[]): Promise<void> {
    if (rowIds.length === 0) return;
    // Text, because pg would quote each element of an array.
    const values = [`{${rowIds.join(',')}}`];
    await this.client.query({ name: 'delete', text: 'DELETE FROM outbox WHERE id = ANY ($1::bigint[])', values });
  }

  /**
   * Returns the oldest committed events. There is no lower limit for the row ID: an event can commit after later IDs
   * were published, and it must precede the next event of its key.
   */
  private async read(): Promise<OutboxRecord[]> {
    const { rows } = await this.client.query<OutboxRow>({
      name: 'read',
      text: `SELECT id, event_id AS "eventId", topic, key, type, source, traceparent, payload, extensions,
               (extract(epoch FROM "time") * 1000)::float AS "timeMs"
             FROM (SELECT *, sum(bytes) OVER (ORDER BY id) - bytes AS bytes_before
                   FROM (SELECT *, octet_length(payload) + coalesce(octet_length(extensions::text), 0) + $3 AS bytes
                         FROM outbox ORDER BY id LIMIT $1) AS oldest) AS summed
             WHERE bytes_before < $2 ORDER BY id`,
      values: [BATCH_ROWS, BATCH_BYTES, HEADER_BYTES],
    });
    return rows.map(toEvent);
  }

  async close(): Promise<void> {
    await this.client.end().catch(() => undefined);
  }
}

function toEvent({ id: rowId, eventId: id, timeMs, traceparent, extensions, ...event }: OutboxRow): OutboxRecord {
  const rest = { ...event, id, rowId, time: new Date(timeMs), traceparent: traceparent ?? undefined };
  return extensions === null ? rest : { ...rest, extensions };
}
