import { ADVISORY_LOCKS, queryPrepared, textArray, type Transaction } from '@viernes/database';
import type { EventMessage } from '@viernes/kafka';

/** Notifies a waiting relay of a commit with events. */
export const OUTBOX_CHANNEL = 'outbox';

/**
 * Notifies the relay at the commit if it waits. NOTIFY serializes the commits of a database, so it is omitted while the
 * relay reads anyway. A transaction that does not notify has a shared lock until its commit, and the relay cannot start
 * to wait before then.
 */
const NOTIFY_WAITING_RELAY = `
  SELECT pg_notify('${OUTBOX_CHANNEL}', '')
  WHERE NOT pg_try_advisory_xact_lock_shared(${ADVISORY_LOCKS.outboxRelayWaiting}, hashtext(''))`;

/** A forwarded event and its extensions must fit into the message limit of Kafka, 1 MB. */
const MAX_FORWARDED_BYTES = 256 * 1024;

/**
 * Inserts events of one type in one statement. It first takes a lock per topic and key until the commit. For one key,
 * row IDs therefore increase in commit order (decision 3). The locks are taken in a fixed order, so that two calls
 * cannot deadlock.
 *
 * Raw SQL: the query builder has no advisory locks, no NOTIFY, and no array parameters.
 */
export async function insertInOrder(tx: Transaction, events: readonly EventMessage[]): Promise<void> {
  const [first, ...others] = events;
  if (!first) return;
  const { topic, type, source, time, traceparent, id, key, payload } = first;
  const common = [ADVISORY_LOCKS.outboxKey, topic, type, source, time, traceparent ?? null];
  if (others.length === 0) {
    await queryPrepared(tx, 'insert-outbox-one', INSERT_ONE, [...common, id, key, toBuffer(payload)]);
  } else {
    await queryPrepared(tx, 'insert-outbox-many', INSERT_MANY, [...common, ...toArrays(events)]);
  }
}

const COLUMNS = 'topic, type, source, "time", traceparent, event_id, key, payload';

/** The most frequent case. This statement is cheaper to plan than the one for many events. */
const INSERT_ONE = `
  WITH locked AS MATERIALIZED (SELECT pg_advisory_xact_lock($1, hashtext($2 || ' ' || $8)))
  INSERT INTO outbox (${COLUMNS})
  SELECT $2, $3, $4, $5::timestamptz, $6, $7, $8, $9::bytea FROM locked RETURNING (${NOTIFY_WAITING_RELAY})`;

const INSERT_MANY = `
  WITH locked AS MATERIALIZED (
    SELECT count(pg_advisory_xact_lock($1, hash)) FROM (
      SELECT DISTINCT hashtext($2 || ' ' || key) AS hash FROM unnest($8::text[]) AS key ORDER BY hash) AS hashes
  ), added AS (
    INSERT INTO outbox (${COLUMNS})
    SELECT $2, $3, $4, $5::timestamptz, $6, event_id, key, substring($11::bytea FROM start FOR size)
    FROM locked, unnest($7::text[], $8::text[], $9::int[], $10::int[]) WITH ORDINALITY
      AS events (event_id, key, start, size, position)
    ORDER BY position
  ) ${NOTIFY_WAITING_RELAY}`;

/** Concatenates the payloads, because an array of them would be sent as text, at twice the size. */
function toArrays(events: readonly EventMessage[]): unknown[] {
  const starts: number[] = [];
  let start = 1;
  for (const { payload } of events) {
    starts.push(start);
    start += payload.byteLength;
  }
  return [
    textArray(events.map(({ id }) => id)),
    textArray(events.map(({ key }) => key)),
    `{${starts.join(',')}}`,
    `{${events.map(({ payload }) => payload.byteLength).join(',')}}`,
    Buffer.concat(events.map(({ payload }) => payload)),
  ];
}

/**
 * Forwards an event to a retry or dead-letter topic of the service. A large payload is omitted: the row of the retry or
 * dead letter contains it.
 */
export async function insertForwarded(tx: Transaction, event: EventMessage): Promise<void> {
  const { topic, type, source, time, traceparent, id, key, extensions } = event;
  const payload = event.payload.byteLength > MAX_FORWARDED_BYTES ? new Uint8Array() : event.payload;
  await tx.query(
    `INSERT INTO outbox (${COLUMNS}, extensions) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
     RETURNING (${NOTIFY_WAITING_RELAY})`,
    [topic, type, source, time, traceparent ?? null, id, key, toBuffer(payload), extensions ?? null],
  );
}

/** Does not copy the bytes. */
function toBuffer({ buffer, byteOffset, byteLength }: Uint8Array): Buffer {
  return Buffer.from(buffer, byteOffset, byteLength);
}
