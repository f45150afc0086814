import { Inject, Injectable } from '@nestjs/common';
import { KafkaConnection } from '@viernes/kafka';
import { MESSAGING_CONFIG, type MessagingConfig } from '../config/messaging.config.js';
import { HandlerRegistry } from '../event/event-consumer.js';
import { derivedTopics } from '../topics/derived-topics.js';
import { ensureTopics } from '../topics/ensure-topics.js';

/** The topics of the service: all declared ones, and the retry and dead-letter topics of those that it consumes. */
@Injectable()
export class ServiceTopics {
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
    await ensureTopics(this.connection.kafka, [...topics, ...derived]);
  }
}
