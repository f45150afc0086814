import { randomUUID } from 'node:crypto';
import type { EventDefinition } from '@viernes/contracts';
import { Kafka, logLevel, type Consumer } from 'kafkajs';
import { backing } from './backing.js';
import { createEventTopics } from './create-topics.js';

/**
 * Reads the retained and the new events of one type like another service: CloudEvents in binary mode, on the real
 * broker.
 */
export class TestEventReader<Data> {
  /** Payloads in the order of arrival. */
  readonly received: Data[] = [];

  private constructor(private readonly consumer: Consumer) {}

  static async connect<Data>({ topic, type, codec }: EventDefinition<Data>): Promise<TestEventReader<Data>> {
    const kafka = new Kafka({ brokers: [...backing().kafkaBrokers], logLevel: logLevel.NOTHING });
    await createEventTopics(kafka);
    const consumer = kafka.consumer({ groupId: `viernes.test.${randomUUID()}`, maxWaitTimeInMs: 100 });
    const reader = new TestEventReader<Data>(consumer);
    await consumer.connect();
    await consumer.subscribe({ topic, fromBeginning: true });
    await consumer.run({
      autoCommit: false,
      eachMessage: async ({ message: { headers, value } }) => {
        if (headers?.['ce_type']?.toString() !== type) return;
        try {
          reader.received.push(codec.decode(value ?? new Uint8Array()));
        } catch {
          // Tests of failure handling publish events that cannot be decoded.
        }
      },
    });
    return reader;
  }

  async close(): Promise<void> {
    await this.consumer.disconnect();
  }
}
