import { Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { Database, Transactions } from '@viernes/database';
import { PeriodicTasks } from '@viernes/platform';
import { MESSAGING_CONFIG, type MessagingConfig } from '../config/messaging.config.js';
import { HandlerRegistry } from '../event/event-consumer.js';

const INTERVAL_MS = 3_600_000;
const BATCH_ROWS = 5_000;
/** Kafka deletes segments, not events: an event can outlive its retention by a segment (1 day), plus a safety margin. */
const MARGIN_HOURS = 48;

/** Returns how long rows about the events of each consumer are kept, except for topics with unlimited retention. */
export function listRowRetentions(
  { handlers }: Pick<HandlerRegistry, 'handlers'>,
  { topics }: Pick<MessagingConfig, 'topics'>,
): { readonly consumer: string; readonly hours: number }[] {
  const retentionHours = new Map(topics.map((topic) => [topic.name, topic.retentionHours]));
  return handlers
    .map(({ consumer, event }) => ({ consumer, hours: (retentionHours.get(event.topic) ?? Infinity) + MARGIN_HOURS }))
    .filter(({ hours }) => hours !== Infinity);
}

/**
 * Deletes inbox rows of events that are not in their topic anymore. Each consumer's rows are kept for the retention of
 * its topic plus MARGIN_HOURS. Rows for a topic with unlimited retention are never deleted: its events can be
 * redelivered at any time.
 */
@Injectable()
export class InboxCleanup implements OnApplicationBootstrap {
  constructor(
    private readonly database: Database,
    private readonly transactions: Transactions,
    private readonly registry: HandlerRegistry,
    private readonly tasks: PeriodicTasks,
    @Inject(MESSAGING_CONFIG) private readonly config: MessagingConfig,
  ) {}

  onApplicationBootstrap(): void {
    const run = async (signal: AbortSignal): Promise<void> => {
      if (this.database.readiness === true) await this.run(signal);
    };
    this.tasks.add({ name: 'inbox cleanup', intervalMs: INTERVAL_MS, run });
  }

  async run(signal: AbortSignal): Promise<void> {
    for (const { consumer, hours } of listRowRetentions(this.registry, this.config))
      await this.deleteExpired(consumer, hours, signal);
  }

  /** Raw SQL: DELETE has no LIMIT, and one statement for all rows would lock them for too long. */
  private async deleteExpired(consumer: string, hours: number, signal: AbortSignal): Promise<void> {
    for (let deleted = BATCH_ROWS; deleted === BATCH_ROWS && !signal.aborted;) {
      deleted = await this.transactions.run(async (tx) => {
        const [, count]: [unknown, number] = await tx.query(
          `DELETE FROM inbox WHERE consumer = $1 AND event_id IN (
             SELECT event_id FROM inbox
             WHERE consumer = $1 AND handled_at < now() - make_interval(hours => $2) LIMIT $3)`,
          [consumer, hours, BATCH_ROWS],
        );
        return count;
      });
    }
  }
}
