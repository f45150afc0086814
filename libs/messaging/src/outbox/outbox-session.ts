import { tryLockInSession, unlockInSession } from '@viernes/database';
import type { EventMessage } from '@viernes/kafka';
import pg from 'pg';
import { OUTBOX_CHANNEL } from './outbox-rows.js';

const BATCH_ROWS = 500;
/** With one more event of the maximum size, below the 1 MB that Kafka accepts per partition and request. */
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

export interface OutboxBatch {
  readonly rowIds: readonly string[];
  readonly events: readonly EventMessage[];
}

export const EMPTY_BATCH: OutboxBatch = { rowIds: [], events: [] };

/**
 * A dedicated connection of the relay. It holds the leadership lock, and it reads and deletes rows: a relay that has lost
 * the lock cannot delete rows, and the next leader publishes the same batch in the same order.
 */
export class OutboxSession {
  private constructor(private readonly client: pg.Client) {}

  /** @param onEvent called after a commit with events, and if the connection is lost */
  static async open(url: string, onEvent: () => void): Promise<OutboxSession> {
    const client = new pg.Client({
      connectionString: url,
      application_name: 'viernes-relay',
      keepAlive: true,
      connectionTimeoutMillis: 5_000,
      statement_timeout: 10_000,
      query_timeout: 15_000,
      // The server detects within 30 s that the leader's machine stopped responding. The default is two hours.
      // A crash of the server can undo a deletion. The events are then published again, and the inboxes skip them.
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

  /**
   * Returns the oldest committed events. There is no lower limit for the row ID: an event can commit after later IDs were
   * published, and it must precede the next event of its key.
   *
   * @param inFlight the batch that is being published: excluded
   */
  async read(inFlight: OutboxBatch): Promise<OutboxBatch> {
    const { rows } = await this.client.query<OutboxRow>({
      name: 'read',
      text: `SELECT id, event_id AS "eventId", topic, key, type, source, traceparent, payload, extensions,
               (extract(epoch FROM "time") * 1000)::float AS "timeMs"
             FROM (SELECT *, sum(bytes) OVER (ORDER BY id) - bytes AS bytes_before
                   FROM (SELECT *, octet_length(payload) + coalesce(octet_length(extensions::text), 0) + $4 AS bytes
                         FROM outbox WHERE id <> ALL ($1::bigint[]) ORDER BY id LIMIT $2) AS oldest) AS summed
             WHERE bytes_before < $3 ORDER BY id`,
      values: [toArray(inFlight.rowIds), BATCH_ROWS, BATCH_BYTES, HEADER_BYTES],
    });
    return { rowIds: rows.map(({ id }) => id), events: rows.map(toEvent) };
  }

  async delete({ rowIds }: OutboxBatch): Promise<void> {
    if (rowIds.length === 0) return;
    const text = 'DELETE FROM outbox WHERE id = ANY ($1::bigint[])';
    await this.client.query({ name: 'delete', text, values: [toArray(rowIds)] });
  }

  async close(): Promise<void> {
    await this.client.end().catch(() => undefined);
  }
}

function toEvent({ eventId: id, timeMs, traceparent, extensions, topic, key, type, source, payload }: OutboxRow) {
  const event = {
    id,
    topic,
    key,
    type,
    source,
    time: new Date(timeMs),
    traceparent: traceparent ?? undefined,
    payload,
  };
  return extensions === null ? event : { ...event, extensions };
}

/** pg would quote each element of an array. */
function toArray(ids: readonly string[]): string {
  return `{${ids.join(',')}}`;
}
