import { Inject, Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { RowCleanups } from '@viernes/database';
import { MESSAGING_CONFIG, type MessagingConfig } from '../config/messaging.config.js';
import { HandlerRegistry } from '../event/event-consumer.js';
import { deadLettersExpired } from '../metrics/event-metrics.js';

/** Twice the time by which events can outlive their retention: Kafka deletes complete segments (1 day). */
const MARGIN_HOURS = 48;

/** The same as in the dead-letter topics. Limited, because payloads can contain IDs of deleted accounts. */
const PARKED_DAYS = 30;

/**
 * Deletes old rows about events of topics with limited retention. Inbox rows and resolved dead letters are deleted when
 * their events are no longer in the topic. Until then, a redelivery needs them. Parked dead letters are
 * deleted after PARKED_DAYS, and their events are lost. Rows about events of a topic with unlimited retention remain.
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
    const where = `${ofConsumer} AND handled_at ${olderThanRetention}`;
    this.cleanups.add({ name: `inbox cleanup of ${consumer}`, table: 'inbox', key: 'ctid', where });
    this.cleanups.add({
      name: `resolved dead letter cleanup of ${consumer}`,
      table: 'dead_letter',
      key: 'id',
      where: `${ofConsumer} AND state <> 'parked' AND resolved_at ${olderThanRetention}`,
    });
    this.cleanups.add({
      name: `parked dead letter cleanup of ${consumer}`,
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
