import type { Transaction } from '@viernes/database';
import { textArray } from './text-array.js';

/**
 * Records that the consumer handles these events. Another transaction that does so at the same time is waited for.
 * @returns the ids that were not handled before
 */
export async function recordInInbox(
  tx: Transaction,
  consumer: string,
  eventIds: readonly string[],
): Promise<Set<string>> {
  const rows: { first: string[] | null }[] = await tx.query(
    `WITH added AS (
       INSERT INTO inbox (consumer, event_id) SELECT $1, unnest($2::text[]) ON CONFLICT DO NOTHING RETURNING event_id)
     SELECT CASE WHEN count(*) < $3 THEN coalesce(array_agg(event_id), '{}') END AS first FROM added`,
    [consumer, textArray(eventIds), eventIds.length],
  );
  // Nearly always all of them: those need not be told.
  return new Set(rows[0]?.first ?? eventIds);
}
