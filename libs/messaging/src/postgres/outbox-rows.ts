import type { Transaction } from '@viernes/database';
import type { EventMessage } from '../port/event-message.js';

/** Wakes the relay once the transaction commits. */
export const OUTBOX_CHANNEL = 'outbox';

/** Any class of two-part advisory locks that nobody else uses in these databases. */
const ORDER_LOCK_CLASS = 8_437;

/** An event to be published, and the name of the order that it must keep: its topic and key. */
function orderOf({ topic, key }: EventMessage): string {
  return `${topic} ${key}`;
}

/**
 * Leaves events for the relay, in one statement. First it takes a lock for each topic and key and holds it until the
 * commit, so that for one key numbers are given out in the order of commits (ADR 3); in one order for everybody, so that
 * two who add for the same keys do not wait for each other in a circle.
 */
export async function insertInOrder(tx: Transaction, events: readonly EventMessage[]): Promise<void> {
  const [event] = events;
  if (event !== undefined && events.length === 1 && event.extensions === undefined) return insertOne(tx, event);
  await tx.query(
    `WITH held AS MATERIALIZED (
       SELECT count(pg_advisory_xact_lock($10, slot)) FROM (
         SELECT DISTINCT hashtext("order") AS slot FROM unnest($11::text[]) AS "order" ORDER BY slot) AS slots
     ), ${INSERTED} FROM held, ${UNNESTED}) ${NOTIFIED}`,
    [...columnsOf(events), ORDER_LOCK_CLASS, events.map(orderOf)],
  );
}

/** Leaves events whose order nobody needs, or that somebody else keeps. */
export async function insertUnordered(tx: Transaction, events: readonly EventMessage[]): Promise<void> {
  await tx.query(`WITH ${INSERTED} FROM ${UNNESTED}) ${NOTIFIED}`, columnsOf(events));
}

/** The same for what there is most of, with less for the planner to do. */
async function insertOne(tx: Transaction, event: EventMessage): Promise<void> {
  await tx.query(
    `WITH held AS MATERIALIZED (SELECT pg_advisory_xact_lock($9, hashtext($10)))
     INSERT INTO outbox (event_id, topic, key, type, source, "time", traceparent, payload)
     SELECT $1, $2, $3, $4, $5, $6::timestamptz, $7, $8::bytea FROM held
     RETURNING pg_notify('${OUTBOX_CHANNEL}', '')`,
    [
      ...[event.id, event.topic, event.key, event.type, event.source, event.time, event.traceparent ?? null],
      ...[asBuffer(event.payload), ORDER_LOCK_CLASS, orderOf(event)],
    ],
  );
}

const INSERTED = `added AS (
  INSERT INTO outbox (event_id, topic, key, type, source, "time", traceparent, payload, extensions)
  SELECT event_id, topic, key, type, source, "time", traceparent, payload, extensions::jsonb`;

const UNNESTED = `unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::timestamptz[], $7::text[], $8::bytea[],
      $9::text[]) WITH ORDINALITY
    AS events (event_id, topic, key, type, source, "time", traceparent, payload, extensions, position)
  ORDER BY position RETURNING 1`;

const NOTIFIED = `SELECT pg_notify('${OUTBOX_CHANNEL}', '') FROM (SELECT FROM added LIMIT 1) AS any_of_them`;

function columnsOf(events: readonly EventMessage[]): unknown[] {
  return [
    events.map(({ id }) => id),
    events.map(({ topic }) => topic),
    events.map(({ key }) => key),
    events.map(({ type }) => type),
    events.map(({ source }) => source),
    events.map(({ time }) => time.toISOString()),
    events.map(({ traceparent }) => traceparent ?? null),
    events.map(({ payload }) => asBuffer(payload)),
    events.map(({ extensions }) => (extensions === undefined ? null : JSON.stringify(extensions))),
  ];
}

function asBuffer({ buffer, byteOffset, byteLength }: Uint8Array): Buffer {
  return Buffer.from(buffer, byteOffset, byteLength);
}
