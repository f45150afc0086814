import type { Transaction } from '@viernes/database';

/**
 * Records that the consumer handles the event. Another transaction that does so at the same time is waited for.
 * @returns false when it was handled before
 */
export async function recordInInbox(tx: Transaction, consumer: string, eventId: string): Promise<boolean> {
  const rows: unknown[] = await tx.query(
    'INSERT INTO inbox (consumer, event_id) VALUES ($1, $2) ON CONFLICT DO NOTHING RETURNING 1',
    [consumer, eventId],
  );
  return rows.length > 0;
}
