import { randomUUID } from 'node:crypto';
import type { EventDefinition } from '@viernes/contracts';
import { Kafka, logLevel, Partitioners, type Producer } from 'kafkajs';
import { backing } from './backing.js';
import { createEventTopics } from './create-topics.js';

/** Publishes events like another service: CloudEvents in binary mode, on the real broker. */
export class TestEventPublisher {
  private constructor(private readonly producer: Producer) {}

  static async connect(): Promise<TestEventPublisher> {
    const kafka = new Kafka({ brokers: [...backing().kafkaBrokers], logLevel: logLevel.NOTHING });
    await createEventTopics(kafka);
    const producer = kafka.producer({ createPartitioner: Partitioners.DefaultPartitioner });
    await producer.connect();
    return new TestEventPublisher(producer);
  }

  /** @param id a repeated ID simulates a second delivery of the same event */
  async publish<Data>(event: EventDefinition<Data>, data: Data, id: string = randomUUID()): Promise<void> {
    const value = Buffer.from(event.codec.encode(data).finish());
    const headers = {
      ce_specversion: '1.0',
      ce_id: id,
      ce_type: event.type,
      ce_source: '/viernes/video',
      ce_time: new Date().toISOString(),
      'content-type': 'application/protobuf',
    };
    await this.producer.send({ topic: event.topic, messages: [{ key: event.key(data), value, headers }] });
  }

  async close(): Promise<void> {
    await this.producer.disconnect();
  }
}
