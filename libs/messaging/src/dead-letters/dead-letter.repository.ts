import { CodedError } from '@viernes/contracts';
import type { Transaction } from '@viernes/database';
import type { DeadLetterEntity, DeadLetterState } from '../postgres/dead-letter.entity.js';
import type { DeadLetterPlace } from './dead-letter-cursor.js';

/** A row, without what only its consumer needs. */
export type DeadLetter = Omit<DeadLetterEntity, 'payload' | 'source' | 'time' | 'traceparent'>;

/** With its place in the list, exact where a Date is not. */
export type ListedDeadLetter = DeadLetter & { readonly place: string };

const SUMMARY = `id, consumer, event_id AS "eventId", origin_topic AS "originTopic", origin_partition AS "originPartition",
  origin_offset AS "originOffset", key, type, error_code AS "errorCode", error_message AS "errorMessage",
  stack_hash AS "stackHash", attempts, state, first_failed_at AS "firstFailedAt", parked_at AS "parkedAt",
  resolved_at AS "resolvedAt"`;
const WHOLE = `${SUMMARY}, source, "time", traceparent, payload`;
const MICROSECONDS = `(extract(epoch FROM parked_at) * 1000000)::bigint`;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Those that failed last first. */
export async function listDeadLetters(
  tx: Transaction,
  state: DeadLetterState | undefined,
  after: DeadLetterPlace | undefined,
  limit: number,
): Promise<ListedDeadLetter[]> {
  return tx.query(
    `SELECT ${SUMMARY}, ${MICROSECONDS}::text AS place FROM dead_letter
     WHERE ($1::text IS NULL OR state = $1)
       AND ($2::bigint IS NULL OR (parked_at, id) < (to_timestamp(0) + $2 * interval '1 microsecond', $3::uuid))
     ORDER BY parked_at DESC, id DESC LIMIT $4`,
    [state ?? null, after?.parkedAt ?? null, after?.id ?? null, limit],
  );
}

/** @throws CodedError DEAD_LETTER_NOT_FOUND */
export async function getDeadLetter(tx: Transaction, id: string): Promise<DeadLetterEntity> {
  const rows: DeadLetterEntity[] = UUID.test(id)
    ? await tx.query(`SELECT ${WHOLE} FROM dead_letter WHERE id = $1`, [id])
    : [];
  return rows[0] ?? notFound(id);
}

/**
 * Settles a parked one. Of several that try at once one does, and the others see that it was.
 * @returns the row, undefined where it was not parked
 */
export async function settleDeadLetter(
  tx: Transaction,
  id: string,
  state: Exclude<DeadLetterState, 'parked'>,
): Promise<DeadLetterEntity | undefined> {
  if (!UUID.test(id)) return undefined;
  const [rows]: [DeadLetterEntity[], number] = await tx.query(
    `UPDATE dead_letter SET state = $2, resolved_at = now() WHERE id = $1 AND state = 'parked' RETURNING ${WHOLE}`,
    [id, state],
  );
  return rows[0];
}

function notFound(id: string): never {
  throw new CodedError('DEAD_LETTER_NOT_FOUND', { id });
}
