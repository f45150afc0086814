import { Partitioners, type Kafka, type Producer } from 'kafkajs';
import { toKafka } from '../event/cloud-event-headers.js';
import { groupByTopic, type EventMessage } from '../event/event-message.js';

const ALL_REPLICAS = -1;

/**
 * Publishes events. Connects at the first use and after each failure: an idempotent producer with a wrong sequence number
 * must not continue.
 */
export class EventPublisher {
  private producer: Promise<Producer> | undefined;

  /** @param prepare runs before each connection: creates topics */
  constructor(
    private readonly kafka: Kafka,
    private readonly prepare: () => Promise<void> = () => Promise.resolve(),
  ) {}

  /**
   * Resolves when all replicas have stored the events. Events of one topic and key keep their order.
   * @throws KafkaJSError if any event can be missing: publish all of them again, consumers skip duplicates
   */
  async publish(events: readonly EventMessage[]): Promise<void> {
    const byTopic = groupByTopic(events);
    const topicMessages = [...byTopic].map(([topic, ofTopic]) => ({ topic, messages: ofTopic.map(toKafka) }));
    const current = (this.producer ??= this.connect());
    try {
      const producer = await current;
      await producer.sendBatch({ acks: ALL_REPLICAS, topicMessages });
    } catch (error) {
      await this.close();
      throw error;
    }
  }

  async close(): Promise<void> {
    const current = this.producer;
    this.producer = undefined;
    await current?.then((producer) => producer.disconnect()).catch(() => undefined);
  }

  private async connect(): Promise<Producer> {
    await this.prepare();
    const producer = this.kafka.producer({
      idempotent: true,
      maxInFlightRequests: 1,
      allowAutoTopicCreation: false,
      createPartitioner: Partitioners.DefaultPartitioner,
    });
    await producer.connect();
    return producer;
  }
}
