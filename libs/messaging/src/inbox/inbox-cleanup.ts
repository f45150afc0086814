import { Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { RowCleanups } from '@viernes/database';
import { MESSAGING_CONFIG, type MessagingConfig } from '../config/messaging.config.js';
import { HandlerRegistry } from '../event/event-consumer.js';

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
 * Deletes rows about events that are not in their topic anymore: inbox rows, and dead letters that an operator has resolved
 * (a rebuild must not apply an event that was dropped). Rows for a topic with unlimited retention are never deleted: its
 * events can be redelivered at any time.
 */
@Injectable()
export class InboxCleanup implements OnApplicationBootstrap {
  constructor(
    private readonly cleanups: RowCleanups,
    private readonly registry: HandlerRegistry,
    @Inject(MESSAGING_CONFIG) private readonly config: MessagingConfig,
  ) {}

  onApplicationBootstrap(): void {
    for (const { consumer, hours } of listRowRetentions(this.registry, this.config)) {
      const isExpired = `< now() - make_interval(hours => ${hours})`;
      const ofConsumer = `consumer = '${consumer}'`;
      const resolved = `${ofConsumer} AND state <> 'parked' AND resolved_at ${isExpired}`;
      this.cleanups.add({ table: 'inbox', key: 'ctid', where: `${ofConsumer} AND handled_at ${isExpired}` });
      this.cleanups.add({ table: 'dead_letter', key: 'id', where: resolved });
    }
  }
}
