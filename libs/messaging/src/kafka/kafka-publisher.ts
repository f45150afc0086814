import type { TopicDefinition } from '@viernes/contracts';
import { Partitioners, type Kafka, type Message, type Producer } from 'kafkajs';
import { EventPublisher } from '../port/event-publisher.js';
import type { EventMessage } from '../port/event-message.js';
import { toKafka } from './cloud-event-headers.js';
import { ensureTopics } from '../topics/ensure-topics.js';

const ALL_REPLICAS = -1;

/** Connects at the first use, and anew after a failure: an idempotent producer that lost count must not go on counting. */
export class KafkaPublisher extends EventPublisher {
  private producer: Promise<Producer> | undefined;

  constructor(
    private readonly kafka: Kafka,
    private readonly topics: readonly TopicDefinition[],
  ) {
    super();
  }

  async publish(events: readonly EventMessage[]): Promise<void> {
    const messages = new Map<string, Message[]>();
    for (const event of events) {
      const ofTopic = messages.get(event.topic);
      if (ofTopic) ofTopic.push(toKafka(event));
      else messages.set(event.topic, [toKafka(event)]);
    }
    const current = (this.producer ??= this.connect());
    try {
      const producer = await current;
      const topicMessages = [...messages].map(([topic, ofTopic]) => ({ topic, messages: ofTopic }));
      await producer.sendBatch({ acks: ALL_REPLICAS, topicMessages });
    } catch (error) {
      if (this.producer === current) this.producer = undefined;
      await current.then((producer) => producer.disconnect()).catch(() => undefined);
      throw error;
    }
  }

  async close(): Promise<void> {
    const current = this.producer;
    this.producer = undefined;
    await current?.then((producer) => producer.disconnect()).catch(() => undefined);
  }

  private async connect(): Promise<Producer> {
    await ensureTopics(this.kafka, this.topics);
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
