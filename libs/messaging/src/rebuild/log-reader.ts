import { randomUUID } from 'node:crypto';
import { sleep } from '@viernes/platform';
import type { Admin, Kafka } from 'kafkajs';
import { createKafka } from '../kafka/kafka-client.js';
import { KafkaSockets } from '../kafka/kafka-sockets.js';
import { KafkaSubscription } from '../kafka/kafka-subscription.js';
import type { Arrival } from '../port/event-subscription.js';
import { RebuildRefusal } from './projection.js';

const BATCH_SIZE = 500;
const LOOK_EVERY_MS = 20;

interface PartitionEnds {
  /** `topic/partition`. */
  readonly name: string;
  readonly low: number;
  readonly high: number;
}

/** Reads topics from their beginning, in a group of its own: the service's group does not notice. */
export class LogReader {
  private readonly subscription: KafkaSubscription;
  /** The next offset to be read, by partition. */
  private readonly positions = new Map<string, number>();
  private failure: unknown;

  private constructor(
    private readonly admin: Admin,
    private readonly sockets: KafkaSockets,
    kafka: Kafka,
    private readonly groupId: string,
    private readonly topics: readonly string[],
  ) {
    // It makes no topics: one that is not there has no log.
    this.subscription = new KafkaSubscription({ kafka, groupId, topics: [], concurrency: 1, batchSize: BATCH_SIZE });
  }

  /** @throws RebuildRefusal where the broker has deleted events; KafkaJSError where it is away or has no such topic */
  static async open(brokers: readonly string[], group: string, topics: readonly string[]): Promise<LogReader> {
    const sockets = new KafkaSockets();
    const kafka = createKafka(group, brokers, sockets);
    const admin = kafka.admin();
    try {
      await admin.connect();
      const reader = new LogReader(admin, sockets, kafka, `${group}.${randomUUID()}`, topics);
      const torn = (await reader.ends()).find(({ low }) => low > 0);
      if (torn) throw new RebuildRefusal(`${torn.name} begins at offset ${torn.low}: what was before is gone`);
      return reader;
    } catch (error) {
      await admin.disconnect();
      sockets.destroy();
      throw error;
    }
  }

  /** @param deliver what it throws ends the reading, and is thrown to whoever waits for it */
  start(deliver: (batch: readonly Arrival[]) => Promise<void>): void {
    this.subscription.start(this.topics, async (batch) => {
      if (this.failure === undefined) await deliver(batch).catch((error: unknown) => (this.failure = error));
      if (this.failure !== undefined) return { done: 0, retryInMs: 1_000 };
      const last = batch.at(-1)?.position;
      if (last) this.positions.set(`${last.topic}/${last.partition}`, Number(last.offset) + 1);
      return { done: batch.length };
    });
  }

  /**
   * Returns once what was on the log at the call is read, or but for a few at the end.
   *
   * @param most that may be left
   * @param onLook told from time to time
   * @throws what reading them threw, or the signal's reason
   */
  async caughtUp(
    most: number,
    signal: AbortSignal,
    onLook: (left: number, total: number) => void = () => undefined,
  ): Promise<void> {
    const ends = await this.ends();
    const total = sum(ends.map(({ low, high }) => high - low));
    for (;;) {
      if (this.failure !== undefined) throw this.failure;
      signal.throwIfAborted();
      const left = sum(ends.map(({ name, low, high }) => Math.max(0, high - (this.positions.get(name) ?? low))));
      onLook(left, total);
      if (left <= most) return;
      await sleep(LOOK_EVERY_MS, signal);
    }
  }

  async stop(): Promise<void> {
    await this.subscription.stop();
    // Without members the broker forgets the group by itself, some days later.
    await this.admin.deleteGroups([this.groupId]).catch(() => undefined);
    await this.admin.disconnect();
    this.sockets.destroy();
  }

  private async ends(): Promise<PartitionEnds[]> {
    const ofTopics = this.topics.map(async (topic) => {
      const partitions = await this.admin.fetchTopicOffsets(topic);
      return partitions.map(({ partition, low, high }) => ({
        name: `${topic}/${partition}`,
        low: Number(low),
        high: Number(high),
      }));
    });
    return (await Promise.all(ofTopics)).flat();
  }
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
