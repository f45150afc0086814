import { Logger } from '@nestjs/common';
import type { Database, Transactions } from '@viernes/database';
import { sleep } from '@viernes/platform';
import type { RetryQueue } from './retry-queue.js';

const EVERY_MS = 60_000;

/**
 * Sends the message of a retry once more when nobody came for it: the topic kept it no longer than its retention while the
 * service was down, or a replica of a version that did not know its consumer passed over it.
 */
export class OverdueRetries {
  private readonly logger = new Logger('OverdueRetries');
  private readonly stopping = new AbortController();
  private working: Promise<void> = Promise.resolve();

  constructor(
    private readonly database: Database,
    private readonly transactions: Transactions,
    private readonly retries: RetryQueue,
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
      await sleep(EVERY_MS * (0.5 + Math.random()), signal);
      if (signal.aborted || this.database.readiness !== true) continue;
      try {
        const count = await this.transactions.run((tx) => this.retries.sendOverdue(tx, new Date()));
        if (count > 0) this.logger.warn({ count }, 'retries that nobody came for are sent again');
      } catch (error) {
        this.logger.warn({ err: error }, 'overdue retries not sent, tries again');
      }
    }
  }
}
