import { tryLockInSession } from '@viernes/database';
import pg from 'pg';
import type { EventMessage } from '../port/event-message.js';
import { OUTBOX_CHANNEL } from '../postgres/outbox-rows.js';

const BATCH_ROWS = 500;
/** With one event more, under the megabyte that a broker takes for one partition at once. */
const BATCH_BYTES = 640 * 1024;
/** Ids, names and times that travel as headers. */
const HEADER_BYTES = 400;

interface OutboxRow {
  id: string;
  eventId: string;
  topic: string;
  key: string;
  type: string;
  source: string;
  timeMs: number;
  traceparent: string | null;
  payload: Buffer;
  extensions: Record<string, string> | null;
}

export interface Batch {
  readonly ids: readonly string[];
  readonly events: readonly EventMessage[];
}

export const NO_EVENTS: Batch = { ids: [], events: [] };

/**
 * A connection of the relay's own. Leadership, reading and deleting live and die with it: a relay that lost its lock
 * cannot delete either, and the next leader publishes the same batch again in the same order.
 */
export class OutboxSession {
  private constructor(private readonly client: pg.Client) {}

  /** @param onEvent called when a transaction with events committed, and when the connection broke */
  static async open(url: string, onEvent: () => void): Promise<OutboxSession> {
    const client = new pg.Client({
      connectionString: url,
      application_name: 'viernes-relay',
      keepAlive: true,
      connectionTimeoutMillis: 5_000,
      statement_timeout: 10_000,
      query_timeout: 15_000,
      // A leader whose machine vanished is found out within half a minute, not after the system's two hours.
      // A deletion that a crash of the server undoes is one more delivery of what the inboxes know: not worth a wait for disk.
      options:
        '-c tcp_keepalives_idle=10 -c tcp_keepalives_interval=5 -c tcp_keepalives_count=3 -c synchronous_commit=off',
    });
    client.on('error', onEvent);
    client.on('notification', onEvent);
    await client.connect();
    await client.query(`LISTEN ${OUTBOX_CHANNEL}`);
    return new OutboxSession(client);
  }

  async tryLead(): Promise<boolean> {
    return tryLockInSession(this.client, 'outboxRelay');
  }

  /**
   * The oldest events that are committed. One of a transaction still open is not among them, and holds up none.
   *
   * There is no lower bound to read from: an event may commit with a number far below those already published, and the
   * next of its key would overtake it.
   *
   * @param underway the batch that is being published: left out
   */
  async read(underway: Batch): Promise<Batch> {
    const { rows } = await this.client.query<OutboxRow>({
      name: 'read',
      text: `SELECT id, event_id AS "eventId", topic, key, type, source, traceparent, payload, extensions,
               (extract(epoch FROM "time") * 1000)::float AS "timeMs"
             FROM (SELECT *, sum(bytes) OVER (ORDER BY id) - bytes AS bytes_before
                   FROM (SELECT *, octet_length(payload) + coalesce(octet_length(extensions::text), 0) + $4 AS bytes
                         FROM outbox WHERE id <> ALL ($1::bigint[]) ORDER BY id LIMIT $2) AS oldest) AS summed
             WHERE bytes_before < $3 ORDER BY id`,
      values: [arrayOf(underway.ids), BATCH_ROWS, BATCH_BYTES, HEADER_BYTES],
    });
    return { ids: rows.map(({ id }) => id), events: rows.map(toEvent) };
  }

  async delete({ ids }: Batch): Promise<void> {
    if (ids.length === 0) return;
    await this.client.query({
      name: 'delete',
      text: 'DELETE FROM outbox WHERE id = ANY ($1::bigint[])',
      values: [arrayOf(ids)],
    });
  }

  async measure(): Promise<{ rows: number; oldestSeconds: number }> {
    const { rows } = await this.client.query<{ rows: number; oldestSeconds: number }>(
      `SELECT (SELECT count(*)::int FROM (SELECT 1 FROM outbox LIMIT 100000) AS counted) AS rows,
              coalesce((SELECT extract(epoch FROM now() - added_at)::float FROM outbox ORDER BY id LIMIT 1), 0) AS "oldestSeconds"`,
    );
    return rows[0] ?? { rows: 0, oldestSeconds: 0 };
  }

  /** What waits for a retry and what waits for a person, by consumer; those without either are left out. */
  async measureFailures(): Promise<{ consumer: string; pending: number; parked: number }[]> {
    const { rows } = await this.client.query<{ consumer: string; pending: number; parked: number }>(
      `SELECT consumer, sum(pending)::int AS pending, sum(parked)::int AS parked FROM (
         SELECT consumer, count(*) AS pending, 0 AS parked FROM pending_retry GROUP BY consumer UNION ALL
         SELECT consumer, 0, count(*) FROM dead_letter WHERE state = 'parked' GROUP BY consumer) AS counted
       GROUP BY consumer`,
    );
    return rows;
  }

  async close(): Promise<void> {
    await this.client.end().catch(() => undefined);
  }
}

function toEvent(row: OutboxRow): EventMessage {
  const { eventId: id, topic, key, type, source, timeMs, payload, extensions } = row;
  const traceparent = row.traceparent ?? undefined;
  const time = new Date(timeMs);
  if (extensions === null) return { id, topic, key, type, source, time, traceparent, payload };
  return { id, topic, key, type, source, time, traceparent, payload, extensions };
}

/** Numbers as an array of PostgreSQL: what pg makes of an array is quoted one by one. */
function arrayOf(ids: readonly string[]): string {
  return `{${ids.join(',')}}`;
}
