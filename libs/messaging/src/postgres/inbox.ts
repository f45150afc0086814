import type { Transaction } from '@viernes/database';

/**
 * Records that the consumer handles these events. Another transaction that does so at the same time is waited for.
 * @returns the ids that were not handled before
 */
export async function recordInInbox(
  tx: Transaction,
  consumer: string,
  eventIds: readonly string[],
): Promise<Set<string>> {
  const rows: { event_id: string }[] = await tx.query(
    `INSERT INTO inbox (consumer, event_id) SELECT $1, unnest($2::text[])
     ON CONFLICT DO NOTHING RETURNING event_id`,
    [consumer, eventIds],
  );
  return new Set(rows.map(({ event_id }) => event_id));
}
