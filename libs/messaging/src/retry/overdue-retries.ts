import { Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { Database, Transactions } from '@viernes/database';
import { PeriodicTasks } from '@viernes/platform';
import { HandlerRegistry } from '../event/event-consumer.js';
import { RetryQueue } from './retry-queue.js';

const INTERVAL_MS = 60_000;

/**
 * Sends lost messages of retries again. A message is lost if the service was down for longer than the retention of the
 * retry topic, or if it was delivered to a version of the service without its consumer.
 */
@Injectable()
export class OverdueRetries implements OnApplicationBootstrap {
  private readonly logger = new Logger(OverdueRetries.name);

  constructor(
    private readonly database: Database,
    private readonly transactions: Transactions,
    private readonly retries: RetryQueue,
    private readonly registry: HandlerRegistry,
    private readonly tasks: PeriodicTasks,
  ) {}

  onApplicationBootstrap(): void {
    if (this.registry.handlers.length === 0) return;
    const run = async (): Promise<void> => {
      if (this.database.readiness === true) await this.resend(new Date());
    };
    this.tasks.add({ name: 'overdue retries', intervalMs: INTERVAL_MS, run });
  }

  /** @returns the number of messages */
  async resend(now: Date): Promise<number> {
    const count = await this.transactions.run((tx) => this.retries.resendOverdue(tx, now));
    if (count > 0) this.logger.warn({ count }, 'overdue retries sent again');
    return count;
  }
}
