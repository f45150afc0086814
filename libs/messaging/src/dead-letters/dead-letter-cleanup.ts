import { Inject, Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { Database, Transactions } from '@viernes/database';
import { PeriodicTasks } from '@viernes/platform';
import { MESSAGING_CONFIG, type MessagingConfig } from '../config/messaging.config.js';
import { HandlerRegistry } from '../event/event-consumer.js';
import { listRowRetentions } from '../inbox/inbox-cleanup.js';
import { deadLettersExpired } from '../metrics/event-metrics.js';
import { DeadLetterEntity } from './dead-letter.entity.js';

const INTERVAL_MS = 3_600_000;

/** The dead-letter topics have the same retention. Payloads can contain IDs of accounts, which must not outlive them without limit. */
const PARKED_DAYS = 30;

/**
 * Deletes parked dead letters of topics with limited retention after PARKED_DAYS, which loses events that no operator has
 * resolved. InboxCleanup deletes resolved ones.
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
    const run = this.database.whileReady(() => this.run());
    this.tasks.add({ name: 'dead letter cleanup', intervalMs: INTERVAL_MS, run });
  }

  async run(): Promise<void> {
    for (const { consumer } of listRowRetentions(this.registry, this.config)) {
      const { affected } = await this.transactions.run((tx) =>
        tx
          .createQueryBuilder()
          .delete()
          .from(DeadLetterEntity)
          .where({ consumer, state: 'parked' })
          .andWhere('parked_at < now() - make_interval(days => :days)', { days: PARKED_DAYS })
          .execute(),
      );
      if (!affected) continue;
      deadLettersExpired.inc({ consumer }, affected);
      this.logger.warn({ consumer, count: affected, parkedDays: PARKED_DAYS }, 'parked dead letters deleted');
    }
  }
}
