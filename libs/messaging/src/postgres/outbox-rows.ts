import { ADVISORY_LOCKS, type Transaction } from '@viernes/database';
import type { EventMessage } from '../port/event-message.js';
import { textArray } from './text-array.js';

/** Wakes the relay once the transaction commits. */
export const OUTBOX_CHANNEL = 'outbox';

/** What events of one type that are added at once have in common. */
export type Attributes = Pick<EventMessage, 'topic' | 'type' | 'source' | 'time' | 'traceparent'>;
export type Fact = Pick<EventMessage, 'id' | 'key' | 'payload'>;

/**
 * Leaves events for the relay, in one statement. First it takes a lock for each topic and key and holds it until the
 * commit, so that for one key numbers are given out in the order of commits (ADR 3); in one order for everybody, so that
 * two who add for the same keys do not wait for each other in a circle.
 */
export async function insertInOrder(tx: Transaction, common: Attributes, facts: readonly Fact[]): Promise<void> {
  const { topic, type, source, time, traceparent } = common;
  await tx.query(facts.length === 1 ? INSERT_ONE : INSERT_MANY, [
    ...[ADVISORY_LOCKS.outboxKey, topic, type, source, time, traceparent ?? null],
    ...(facts.length === 1 ? facts.flatMap(values) : columns(facts)),
  ]);
}

const COLUMNS = 'topic, type, source, "time", traceparent, event_id, key, payload';

/** A statement of its own for what there is most of: the planner has less to do. */
const INSERT_ONE = `
  WITH held AS MATERIALIZED (SELECT pg_advisory_xact_lock($1, hashtext($2 || ' ' || $8)))
  INSERT INTO outbox (${COLUMNS})
  SELECT $2, $3, $4, $5::timestamptz, $6, $7, $8, $9::bytea FROM held RETURNING pg_notify('${OUTBOX_CHANNEL}', '')`;

const INSERT_MANY = `
  WITH held AS MATERIALIZED (
    SELECT count(pg_advisory_xact_lock($1, slot)) FROM (
      SELECT DISTINCT hashtext($2 || ' ' || key) AS slot FROM unnest($8::text[]) AS key ORDER BY slot) AS slots
  ), added AS (
    INSERT INTO outbox (${COLUMNS})
    SELECT $2, $3, $4, $5::timestamptz, $6, event_id, key, substring($11::bytea FROM start FOR size)
    FROM held, unnest($7::text[], $8::text[], $9::int[], $10::int[]) WITH ORDINALITY
      AS facts (event_id, key, start, size, position)
    ORDER BY position RETURNING 1
  ) SELECT pg_notify('${OUTBOX_CHANNEL}', '') FROM (SELECT FROM added LIMIT 1) AS any_of_them`;

function values({ id, key, payload }: Fact): unknown[] {
  return [id, key, asBuffer(payload)];
}

/** The payloads as one: an array of them would travel as text, at twice the size. */
function columns(facts: readonly Fact[]): unknown[] {
  const starts: number[] = [];
  let start = 1;
  for (const { payload } of facts) {
    starts.push(start);
    start += payload.byteLength;
  }
  return [
    textArray(facts.map(({ id }) => id)),
    textArray(facts.map(({ key }) => key)),
    `{${starts.join(',')}}`,
    `{${facts.map(({ payload }) => payload.byteLength).join(',')}}`,
    Buffer.concat(facts.map(({ payload }) => payload)),
  ];
}

/** Leaves one event that is sent on to a topic of the service's own: its order, where it matters, is kept elsewhere. */
export async function insertSentOn(tx: Transaction, event: EventMessage): Promise<void> {
  const { topic, type, source, time, traceparent, id, key, payload, extensions } = event;
  await tx.query(
    `INSERT INTO outbox (${COLUMNS}, extensions) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
     RETURNING pg_notify('${OUTBOX_CHANNEL}', '')`,
    [topic, type, source, time, traceparent ?? null, id, key, asBuffer(payload), extensions ?? null],
  );
}

/** Of the same bytes. */
function asBuffer({ buffer, byteOffset, byteLength }: Uint8Array): Buffer {
  return Buffer.from(buffer, byteOffset, byteLength);
}
