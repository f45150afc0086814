import { Inject, Injectable, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { Database } from '@viernes/database';
import { KafkaConnection } from '@viernes/kafka';
import { MESSAGING_CONFIG, type MessagingConfig } from '../config/messaging.config.js';
import { HandlerRegistry } from '../event/event-consumer.js';
import { retryTopic, ServiceTopics } from '../topics/service-topics.js';
import { EventProcessor } from './event-processor.js';
import { KafkaSubscription } from './kafka-subscription.js';
import { RetryDispatcher } from './retry-dispatcher.js';

const CONCURRENT_PARTITIONS = 3;
/** Records per transaction. More would lock rows for longer and gain little. */
const BATCH_SIZE = 250;

/** Consumes the topics that have handlers, and their retry topics. */
@Injectable()
export class EventConsumers implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private subscriptions: readonly KafkaSubscription[] = [];
  private isStopping = false;

  constructor(
    private readonly database: Database,
    private readonly connection: KafkaConnection,
    private readonly topics: ServiceTopics,
    private readonly registry: HandlerRegistry,
    private readonly events: EventProcessor,
    private readonly retries: RetryDispatcher,
    @Inject(MESSAGING_CONFIG) private readonly config: Pick<MessagingConfig, 'service'>,
  ) {}

  /** Starts when the database is ready: before that, every event would fail. */
  onApplicationBootstrap(): void {
    if (this.registry.handlers.length === 0) return;
    this.database.whenReady().then(
      () => this.start(),
      () => undefined,
    );
  }

  /** Stops before the database closes, so that the batches in progress still commit. */
  async beforeApplicationShutdown(): Promise<void> {
    this.isStopping = true;
    await Promise.all(this.subscriptions.map((subscription) => subscription.stop()));
  }

  private start(): void {
    if (this.isStopping) return;
    const { service } = this.config;
    const { topics } = this.registry;
    const groupId = `viernes.${service}`;
    const common = { kafka: this.connection.kafka, prepare: () => this.topics.ensure() };
    this.subscriptions = [
      new KafkaSubscription({
        ...common,
        groupId,
        topics,
        batchSize: BATCH_SIZE,
        concurrency: CONCURRENT_PARTITIONS,
        process: (batch) => this.events.process(batch),
      }),
      // A separate group, so that a slow retry delays no new event. It uses one database connection.
      new KafkaSubscription({
        ...common,
        groupId: `${groupId}.retry`,
        batchSize: 1,
        concurrency: 1,
        topics: topics.map((topic) => retryTopic(topic, service)),
        process: (batch) => this.retries.dispatch(batch),
      }),
    ];
  }
}
