import { Inject, Injectable, Logger } from '@nestjs/common';
import type { TopicDefinition } from '@viernes/contracts';
import { ensureTopics, KafkaConnection, type TopicDifference } from '@viernes/kafka';
import { MESSAGING_CONFIG, type MessagingConfig } from '../config/messaging.config.js';
import { HandlerRegistry } from '../event/event-consumer.js';
import { topicConfigDrift } from '../metrics/event-metrics.js';

const RETRY_RETENTION_HOURS = 7 * 24;
const DEAD_LETTER_RETENTION_HOURS = 30 * 24;

/** The topic to which a service forwards events that it retries. */
export function retryTopic(topic: string, service: string): string {
  return `${topic}.retry.${service}`;
}

/** The topic to which a service forwards parked events, for other consumers. The service itself reads its own table. */
export function deadLetterTopic(topic: string, service: string): string {
  return `${topic}.dead-letter.${service}`;
}

/**
 * The topics that a service needs in addition to one that it consumes. The retry topic has as many partitions as the
 * original, so that as many replicas can retry events as can process them. The dead-letter topic is rarely read.
 */
export function derivedTopics({ name, partitions }: TopicDefinition, service: string): TopicDefinition[] {
  return [
    { name: retryTopic(name, service), partitions, retentionHours: RETRY_RETENTION_HOURS },
    { name: deadLetterTopic(name, service), partitions: 1, retentionHours: DEAD_LETTER_RETENTION_HOURS },
  ];
}

/** The topics of the service: all declared ones, and the retry and dead-letter topics of those that it consumes. */
@Injectable()
export class ServiceTopics {
  private readonly logger = new Logger(ServiceTopics.name);
  /** The drift that has been logged, so that the checks of the publisher and of each consumer do not log it again. */
  private logged = new Set<string>();

  constructor(
    private readonly connection: KafkaConnection,
    private readonly registry: HandlerRegistry,
    @Inject(MESSAGING_CONFIG) private readonly config: MessagingConfig,
  ) {}

  /** @throws KafkaJSError if the broker is unavailable */
  async ensure(): Promise<void> {
    const { topics, service } = this.config;
    const consumed = topics.filter(({ name }) => this.registry.topics.includes(name));
    const derived = consumed.flatMap((topic) => derivedTopics(topic, service));
    this.report(await ensureTopics(this.connection.kafka, [...topics, ...derived]));
  }

  /** The service does not correct these differences: an operator decides. */
  private report(drift: readonly TopicDifference[]): void {
    topicConfigDrift.reset();
    const keys = drift.map(({ topic, setting, declared, found }) => {
      topicConfigDrift.set({ topic, setting }, 1);
      const key = `${topic} ${setting} ${found}`;
      if (!this.logged.has(key)) {
        this.logger.warn({ topic, setting, declared, found }, 'topic differs from its declaration');
      }
      return key;
    });
    this.logged = new Set(keys);
  }
}
