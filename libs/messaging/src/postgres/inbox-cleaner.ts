import { Logger } from '@nestjs/common';
import type { Database, Transactions } from '@viernes/database';
import { sleep } from '@viernes/platform';

const EVERY_MS = 3_600_000;
const ROWS_AT_ONCE = 5_000;

/**
 * Forgets events that no topic holds any more, so that the inbox stays as large as a retention's worth of events. A consumer
 * of a topic that is kept for ever may be given any of it again, should its group's offsets get lost: it forgets nothing.
 */
export class InboxCleaner {
  private readonly logger = new Logger('InboxCleaner');
  private readonly stopping = new AbortController();
  private working: Promise<void> = Promise.resolve();

  constructor(
    private readonly database: Database,
    private readonly transactions: Transactions,
    private readonly keepHours: number,
    private readonly neverForgetting: readonly string[] = [],
  ) {}

  start(): void {
    this.working = this.run();
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    await this.working;
  }

  private async run(): Promise<void> {
    const { signal } = this.stopping;
    while (!signal.aborted) {
      // Replicas that started together spread out; two at once would only find less to do.
      await sleep(Math.random() * EVERY_MS, signal);
      if (signal.aborted || this.database.readiness !== true) continue;
      await this.clean().catch((error: unknown) => this.logger.warn({ err: error }, 'inbox not cleaned, tries again'));
    }
  }

  /** @returns the rows deleted */
  async clean(): Promise<number> {
    let deleted = 0;
    for (;;) {
      const rows = await this.transactions.run(async (tx) => {
        const [, count]: [unknown, number] = await tx.query(
          `DELETE FROM inbox WHERE (consumer, event_id) IN (
             SELECT consumer, event_id FROM inbox
             WHERE handled_at < now() - make_interval(hours => $1) AND consumer <> ALL ($3) LIMIT $2)`,
          [this.keepHours, ROWS_AT_ONCE, this.neverForgetting],
        );
        return count;
      });
      deleted += rows;
      if (rows < ROWS_AT_ONCE || this.stopping.signal.aborted) return deleted;
    }
  }
}
