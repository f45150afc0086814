import { randomUUID } from 'node:crypto';
import { Kafka, Partitioners, logLevel } from 'kafkajs';
import type { Message } from 'kafkajs';
import type { TopicDefinition } from '@viernes/contracts';
import { Arrivals } from './arrivals.ts';
import type { EventPath, Load } from './event-pipeline.ts';
import { benchEvent, heartbeat } from './playback-events.ts';

const ALL_REPLICAS = -1;
const FETCH_WAIT_MS = 300;
/** The same bytes travel on both paths. */
const TRACEPARENT = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01';

/** The same events through kafkajs alone, with the batches and acknowledgements of the relay and its consumer. */
export async function startBareKafka(
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

  async function carry(count: number, { batchSize }: Load): Promise<void> {
    const arrived = arrivals.expect(count);
    for (let sent = 0; sent < count; sent += batchSize) {
      const messages = Array.from({ length: Math.min(batchSize, count - sent) }, () => message(topic));
      await producer.sendBatch({ acks: ALL_REPLICAS, topicMessages: [{ topic, messages }] });
    }
    await arrived;
  }
  return {
    carry,
    stop: async () => {
      await consumer.disconnect();
      await producer.disconnect();
    },
  };
}

function message(topic: string): Message {
  const { type, key, codec } = benchEvent(topic);
  const data = heartbeat();
  const headers = {
    ce_specversion: '1.0',
    ce_id: randomUUID(),
    ce_type: type,
    ce_source: '/viernes/bench',
    ce_time: data.occurredAt ?? '',
    'content-type': 'application/protobuf',
    traceparent: TRACEPARENT,
  };
  return { key: key(data), value: Buffer.from(codec.encode(data).finish()), headers };
}
