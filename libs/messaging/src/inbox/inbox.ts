import { queryPrepared, textArray, type Transaction } from '@viernes/database';

/**
 * Records that the consumer processes these events. Waits for another transaction that processes one of them.
 * Raw SQL: one array parameter instead of two parameters per row keeps batches fast.
 * @returns the IDs that were not recorded before
 */
export async function recordInInbox(
  tx: Transaction,
  consumer: string,
  eventIds: readonly string[],
): Promise<Set<string>> {
  const rows = await queryPrepared<{ recorded: string[] | null }[]>(
    tx,
    'record-in-inbox',
    `WITH added AS (
       INSERT INTO inbox (consumer, event_id) SELECT $1, unnest($2::text[]) ON CONFLICT DO NOTHING RETURNING event_id)
     SELECT CASE WHEN count(*) < $3 THEN coalesce(array_agg(event_id), '{}') END AS recorded FROM added`,
    [consumer, textArray(eventIds), eventIds.length],
  );
  // Usually all IDs are new. In that case, the database returns NULL instead of the IDs.
  return new Set(rows[0]?.recorded ?? eventIds);
}
