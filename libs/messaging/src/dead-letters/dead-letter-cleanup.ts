import { Inject, Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { Database, Transactions } from '@viernes/database';
import { PeriodicTasks } from '@viernes/platform';
import { MESSAGING_CONFIG, type MessagingConfig } from '../config/messaging.config.js';
import { HandlerRegistry } from '../event/event-consumer.js';
import { listRowRetentions } from '../inbox/inbox-cleanup.js';
import { deadLettersExpired } from '../metrics/event-metrics.js';
import { DeadLetterEntity } from './dead-letter.entity.js';

const INTERVAL_MS = 3_600_000;

/** As long as the dead-letter topics. Payloads can contain IDs of accounts, which must not outlive them without limit. */
const PARKED_DAYS = 30;

/**
 * Deletes dead letters of topics with limited retention, because their payloads can contain IDs of accounts. Resolved ones
 * when their events are not in the topic anymore: a rebuild must not apply an event that was dropped. Parked ones after
 * PARKED_DAYS, which loses events that no operator has resolved.
 */
@Injectable()
export class DeadLetterCleanup implements OnApplicationBootstrap {
  private readonly logger = new Logger(DeadLetterCleanup.name);

  constructor(
    private readonly database: Database,
    private readonly transactions: Transactions,
    private readonly registry: HandlerRegistry,
    private readonly tasks: PeriodicTasks,
    @Inject(MESSAGING_CONFIG) private readonly config: MessagingConfig,
  ) {}

  onApplicationBootstrap(): void {
    const run = async (): Promise<void> => {
      if (this.database.readiness === true) await this.run();
    };
    this.tasks.add({ name: 'dead letter cleanup', intervalMs: INTERVAL_MS, run });
  }

  async run(): Promise<void> {
    for (const { consumer, hours } of listRowRetentions(this.registry, this.config)) {
      await this.delete(consumer, 'resolved_at', hours);
      const count = await this.delete(consumer, 'parked_at', PARKED_DAYS * 24);
      if (count === 0) continue;
      deadLettersExpired.inc({ consumer }, count);
      this.logger.warn({ consumer, count, parkedDays: PARKED_DAYS }, 'parked dead letters deleted');
    }
  }

  /** @returns the number of deleted rows */
  private async delete(consumer: string, column: 'resolved_at' | 'parked_at', hours: number): Promise<number> {
    const state = column === 'parked_at' ? `state = 'parked'` : `state <> 'parked'`;
    const { affected } = await this.transactions.run((tx) =>
      tx
        .createQueryBuilder()
        .delete()
        .from(DeadLetterEntity)
        .where({ consumer })
        .andWhere(`${state} AND ${column} < now() - make_interval(hours => :hours)`, { hours })
        .execute(),
    );
    return affected ?? 0;
  }
}
