import { Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { Database, Transactions } from '@viernes/database';
import { PeriodicTasks } from '@viernes/platform';
import { MESSAGING_CONFIG, type MessagingConfig } from '../config/messaging.config.js';
import { HandlerRegistry } from '../event/event-consumer.js';
import { listRowRetentions } from '../inbox/inbox-cleanup.js';
import { DeadLetterEntity } from './dead-letter.entity.js';

const INTERVAL_MS = 3_600_000;

/**
 * Deletes resolved dead letters of events that are not in their topic anymore, because payloads can contain IDs of
 * accounts. A rebuild needs the others: it must not apply an event that was dropped.
 */
@Injectable()
export class DeadLetterCleanup implements OnApplicationBootstrap {
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
    for (const { consumer, hours } of listRowRetentions(this.registry, this.config))
      await this.transactions.run((tx) =>
        tx
          .createQueryBuilder()
          .delete()
          .from(DeadLetterEntity)
          .where({ consumer })
          .andWhere('resolved_at < now() - make_interval(hours => :hours)', { hours })
          .execute(),
      );
  }
}
