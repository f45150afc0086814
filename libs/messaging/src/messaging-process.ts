import { setTimeout as delay } from 'node:timers/promises';
import type { BeforeApplicationShutdown, OnApplicationBootstrap } from '@nestjs/common';
import type { Database } from '@viernes/database';
import type { Delivery } from './consume/delivery.js';
import type { RetryDelivery } from './consume/retry-delivery.js';
import type { ConsumerLag } from './kafka/consumer-lag.js';
import type { KafkaSockets } from './kafka/kafka-sockets.js';
import type { EventPublisher } from './port/event-publisher.js';
import type { EventSubscription } from './port/event-subscription.js';
import type { InboxCleaner } from './postgres/inbox-cleaner.js';
import type { OverdueRetries } from './postgres/overdue-retries.js';
import type { OutboxRelay } from './relay/outbox-relay.js';

/** A broker that is away must not keep a process from ending; what is not sent is in the outbox. */
const STOP_TIMEOUT_MS = 6_000;

export interface MessagingParts {
  readonly database: Database;
  /** Those that have handlers. */
  readonly topics: readonly string[];
  readonly publisher: EventPublisher;
  readonly relay: OutboxRelay;
  readonly subscription: EventSubscription;
  readonly delivery: Delivery;
  readonly retryTopics: readonly string[];
  readonly retrySubscription: EventSubscription;
  readonly retryDelivery: RetryDelivery;
  readonly cleaner: InboxCleaner;
  readonly overdue: OverdueRetries;
  readonly lag: ConsumerLag;
  readonly sockets: KafkaSockets;
}

/** Starts and ends what works in the background, in the order that loses nothing. */
export class MessagingProcess implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private isStopping = false;
  private parts: MessagingParts | undefined;

  /** @param create called at bootstrap, when all handlers exist */
  constructor(private readonly create: () => MessagingParts) {}

  onApplicationBootstrap(): void {
    const parts = (this.parts = this.create());
    const { database, topics, relay, cleaner } = parts;
    relay.start();
    cleaner.start();
    if (topics.length === 0) return;
    // Before the database is there every event could only be refused.
    database.whenReady().then(
      () => {
        if (!this.isStopping) this.subscribe(parts);
      },
      () => undefined,
    );
  }

  private subscribe(parts: MessagingParts): void {
    const { topics, subscription, delivery, retryTopics, retrySubscription, retryDelivery, overdue, lag } = parts;
    subscription.start(topics, (batch) => delivery.deliver(batch));
    retrySubscription.start(retryTopics, (batch) => retryDelivery.deliver(batch));
    overdue.start();
    lag.start();
  }

  /** Before the database closes: what is being handled still commits. The publisher goes last, since both use it. */
  async beforeApplicationShutdown(): Promise<void> {
    this.isStopping = true;
    if (!this.parts) return;
    await Promise.race([this.stop(this.parts), delay(STOP_TIMEOUT_MS, undefined, { ref: false })]);
    this.parts.sockets.destroy();
  }

  private async stop(parts: MessagingParts): Promise<void> {
    const { relay, subscription, retrySubscription, cleaner, overdue, lag, publisher } = parts;
    const stopping = [relay, subscription, retrySubscription, cleaner, overdue, lag].map((part) => part.stop());
    await Promise.all(stopping);
    await publisher.close();
  }
}
