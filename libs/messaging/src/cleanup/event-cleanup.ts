import { Inject, Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { RowCleanups } from '@viernes/database';
import { MESSAGING_CONFIG, type MessagingConfig } from '../config/messaging.config.js';
import { HandlerRegistry } from '../event/event-consumer.js';
import { deadLettersExpired } from '../metrics/event-metrics.js';

/** Kafka deletes segments, not events: an event can outlive its retention by a segment (1 day). Includes a margin. */
const MARGIN_HOURS = 48;

/** The retention of the dead-letter topics. Limited, because payloads can contain IDs of deleted accounts. */
const PARKED_DAYS = 30;

/**
 * Deletes rows about events that are no longer in their topic: inbox rows, and dead letters that an operator has
 * resolved (a rebuild must not apply an event that was dropped). Deletes parked dead letters after PARKED_DAYS, which
 * loses events that no operator has resolved. Rows for a topic with unlimited retention are never deleted: its events
 * can be redelivered at any time.
 */
@Injectable()
export class EventCleanup implements OnApplicationBootstrap {
  private readonly logger = new Logger(EventCleanup.name);

  constructor(
    private readonly cleanups: RowCleanups,
    private readonly registry: HandlerRegistry,
    @Inject(MESSAGING_CONFIG) private readonly config: MessagingConfig,
  ) {}

  onApplicationBootstrap(): void {
    const retentionHours = new Map(this.config.topics.map((topic) => [topic.name, topic.retentionHours]));
    for (const { consumer, event } of this.registry.handlers) {
      const hours = (retentionHours.get(event.topic) ?? Infinity) + MARGIN_HOURS;
      if (hours !== Infinity) this.addCleanups(consumer, hours);
    }
  }

  private addCleanups(consumer: string, hours: number): void {
    const ofConsumer = `consumer = '${consumer}'`;
    const olderThanRetention = `< now() - make_interval(hours => ${hours})`;
    this.cleanups.add({ table: 'inbox', key: 'ctid', where: `${ofConsumer} AND handled_at ${olderThanRetention}` });
    this.cleanups.add({
      table: 'dead_letter',
      key: 'id',
      where: `${ofConsumer} AND state <> 'parked' AND resolved_at ${olderThanRetention}`,
    });
    this.cleanups.add({
      table: 'dead_letter',
      key: 'id',
      where: `${ofConsumer} AND state = 'parked' AND parked_at < now() - make_interval(days => ${PARKED_DAYS})`,
      onDeleted: (count) => {
        deadLettersExpired.inc({ consumer }, count);
        this.logger.warn({ consumer, count, parkedDays: PARKED_DAYS }, 'parked dead letters deleted');
      },
    });
  }
}
