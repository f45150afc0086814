import type { Transaction } from '@viernes/database';
import type { Shadow } from './shadow.js';

/** The same event for the same consumer. */
const SAME = 'consumer = copy.consumer AND event_id = copy.event_id';
const GIVEN_UP = `state IN ('parked', 'dropped')`;

/** What a service and its rebuild know of each other's events: by consumer and event id. */
export class SettledEvents {
  constructor(
    private readonly shadow: Shadow,
    private readonly consumers: readonly string[],
  ) {}

  /** No handler can settle anything until the commit: each begins with its row in the inbox. */
  async stopTheService(tx: Transaction): Promise<void> {
    await tx.query('LOCK TABLE inbox IN SHARE ROW EXCLUSIVE MODE');
  }

  /** Of these events, the ones that a person dropped for this consumer. */
  async dropped(tx: Transaction, consumer: string, eventIds: readonly string[]): Promise<Set<string>> {
    const rows: { id: string }[] = await tx.query(
      `SELECT event_id AS id FROM dead_letter WHERE state = 'dropped' AND consumer = $1 AND event_id = ANY ($2)`,
      [consumer, eventIds],
    );
    return new Set(rows.map(({ id }) => id));
  }

  /** What has become of an event in the service: `open` where it is neither applied nor given up, now. */
  async fate(tx: Transaction, consumer: string, eventId: string): Promise<'applied' | 'given up' | 'open'> {
    const rows: { isGivenUp: boolean }[] = await tx.query(
      `SELECT EXISTS (SELECT FROM dead_letter WHERE ${SAME} AND ${GIVEN_UP}) AS "isGivenUp"
       FROM inbox AS copy WHERE consumer = $1 AND event_id = $2`,
      [consumer, eventId],
    );
    if (!rows[0]) return 'open';
    return rows[0].isGivenUp ? 'given up' : 'applied';
  }

  /** Events that the service applied and the rebuild did not. */
  async countMissing(tx: Transaction): Promise<number> {
    return count(
      await tx.query(
        `SELECT count(*)::int AS count FROM inbox AS copy WHERE consumer = ANY ($1)
           AND NOT EXISTS (SELECT FROM ${this.shadow.schema}.inbox WHERE ${SAME})
           AND NOT EXISTS (SELECT FROM dead_letter WHERE ${SAME} AND ${GIVEN_UP})`,
        [this.consumers],
      ),
    );
  }

  /** Events that the rebuild applied and a person has dropped since. */
  async countDropped(tx: Transaction): Promise<number> {
    return count(
      await tx.query(
        `SELECT count(*)::int AS count FROM ${this.shadow.schema}.inbox AS copy
         WHERE EXISTS (SELECT FROM dead_letter WHERE ${SAME} AND state = 'dropped')`,
      ),
    );
  }

  /**
   * What the rebuild applied the service is done with, too: it skips what it would come to later, and nobody redrives what
   * was parked.
   */
  async adopt(tx: Transaction): Promise<void> {
    await tx.query(
      `UPDATE dead_letter SET state = 'redriven', resolved_at = now()
       WHERE state = 'parked' AND EXISTS (
         SELECT FROM ${this.shadow.schema}.inbox AS copy
         WHERE copy.consumer = dead_letter.consumer AND copy.event_id = dead_letter.event_id)`,
    );
    await tx.query(
      `INSERT INTO inbox (consumer, event_id) SELECT consumer, event_id FROM ${this.shadow.schema}.inbox
       ON CONFLICT DO NOTHING`,
    );
  }
}

function count(rows: readonly { readonly count: number }[]): number {
  return rows[0]?.count ?? 0;
}
