import { randomUUID } from 'node:crypto';
import { Kafka, Partitioners, logLevel } from 'kafkajs';
import type { Message } from 'kafkajs';
import type { TopicDefinition } from '@viernes/contracts';
import { Arrivals } from './arrivals.js';
import type { EventPath, SendOptions } from './event-pipeline.js';
import { benchEvent, createHeartbeat } from './playback-events.js';

const ALL_REPLICAS = -1;
const FETCH_WAIT_MS = 300;
/** The relay sends one with each event. */
const TRACEPARENT = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01';

/** Sends the same events with kafkajs only, with the batches and acknowledgments of the relay. */
export async function startKafkaBaseline(
  brokers: readonly string[],
  { name: topic, partitions }: TopicDefinition,
): Promise<EventPath> {
  const kafka = new Kafka({ clientId: topic, brokers: [...brokers], logLevel: logLevel.ERROR });
  const admin = kafka.admin();
  await admin.connect();
  await admin.createTopics({ topics: [{ topic, numPartitions: partitions }] });
  await admin.disconnect();

  const arrivals = new Arrivals();
  const consumer = kafka.consumer({ groupId: topic, maxWaitTimeInMs: FETCH_WAIT_MS });
  const joined = new Promise<void>((resolve) => {
    consumer.on(consumer.events.GROUP_JOIN, () => resolve());
  });
  await consumer.connect();
  await consumer.subscribe({ topics: [topic], fromBeginning: true });
  await consumer.run({
    partitionsConsumedConcurrently: 3,
    eachBatch: async ({ batch, resolveOffset }) => {
      for (const { offset, key } of batch.messages) {
        resolveOffset(offset);
        arrivals.add(key?.toString() ?? '');
      }
    },
  });
  await joined;
  const producer = kafka.producer({
    idempotent: true,
    maxInFlightRequests: 1,
    createPartitioner: Partitioners.DefaultPartitioner,
  });
  await producer.connect();

  async function send(count: number, { batchSize }: SendOptions): Promise<void> {
    const allArrived = arrivals.expect(count);
    for (let sentCount = 0; sentCount < count; sentCount += batchSize) {
      const messages = Array.from({ length: Math.min(batchSize, count - sentCount) }, () => createMessage(topic));
      await producer.sendBatch({ acks: ALL_REPLICAS, topicMessages: [{ topic, messages }] });
    }
    await allArrived;
  }
  return {
    send,
    stop: async () => {
      await consumer.disconnect();
      await producer.disconnect();
    },
  };
}

function createMessage(topic: string): Message {
  const { type, key, codec } = benchEvent(topic);
  const data = createHeartbeat();
  const headers = {
    ce_specversion: '1.0',
    ce_id: randomUUID(),
    ce_type: type,
    ce_source: `/viernes/${topic}`,
    ce_time: data.occurredAt ?? '',
    'content-type': 'application/protobuf',
    traceparent: TRACEPARENT,
  };
  return { key: key(data), value: Buffer.from(codec.encode(data).finish()), headers };
}
