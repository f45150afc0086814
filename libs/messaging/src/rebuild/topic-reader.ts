import { randomUUID } from 'node:crypto';
import { KafkaConnection, type ConsumerRecord } from '@viernes/kafka';
import { sleep } from '@viernes/platform';
import type { Admin } from 'kafkajs';
import { KafkaSubscription } from '../consume/kafka-subscription.js';
import { RebuildRejectedError } from './projection.js';

const BATCH_SIZE = 500;
const POLL_INTERVAL_MS = 20;
const FAILED_PAUSE_MS = 1_000;

interface PartitionOffsets {
  /** `topic/partition`. */
  readonly name: string;
  readonly low: number;
  readonly high: number;
}

/** Reads topics from their beginning in a separate consumer group. */
export class TopicReader {
  private readonly connection: KafkaConnection;
  private readonly admin: Admin;
  private readonly groupId: string;
  private subscription: KafkaSubscription | undefined;
  /** The next offset by partition. */
  private readonly positions = new Map<string, number>();
  private failure: unknown;

  constructor(
    brokers: readonly string[],
    group: string,
    private readonly topics: readonly string[],
  ) {
    this.connection = new KafkaConnection(group, brokers);
    this.admin = this.connection.kafka.admin();
    this.groupId = `${group}.${randomUUID()}`;
  }

  /** @throws RebuildRejectedError if the broker has deleted events; KafkaJSError if the broker or a topic is unavailable */
  async connect(): Promise<void> {
    await this.admin.connect();
    const truncated = (await this.offsets()).find(({ low }) => low > 0);
    if (!truncated) return;
    throw new RebuildRejectedError(`${truncated.name} starts at offset ${truncated.low}: earlier events are deleted`);
  }

  /** @param apply after its first error, it is not called again, and `catchUp` throws the error */
  start(apply: (batch: readonly ConsumerRecord[]) => Promise<void>): void {
    const process = async (batch: readonly ConsumerRecord[]): Promise<number | undefined> => {
      if (this.failure === undefined) await apply(batch).catch((error: unknown) => (this.failure = error));
      if (this.failure !== undefined) return FAILED_PAUSE_MS;
      const last = batch.at(-1);
      if (last) this.positions.set(`${last.topic}/${last.partition}`, Number(last.offset) + 1);
      return undefined;
    };
    const { groupId, topics } = this;
    const options = { kafka: this.connection.kafka, groupId, topics, concurrency: 1, batchSize: BATCH_SIZE };
    this.subscription = new KafkaSubscription({ ...options, process });
  }

  /**
   * Waits until at most `maxRemaining` of the events that are in the topics now are not applied yet.
   * @throws the error of `apply`, or the reason of the signal
   */
  async catchUp(
    maxRemaining: number,
    signal: AbortSignal,
    onProgress: (remaining: number, total: number) => void = () => undefined,
  ): Promise<void> {
    const offsets = await this.offsets();
    const total = sum(offsets.map(({ low, high }) => high - low));
    for (;;) {
      if (this.failure !== undefined) throw this.failure;
      signal.throwIfAborted();
      const remaining = sum(
        offsets.map(({ name, low, high }) => Math.max(0, high - (this.positions.get(name) ?? low))),
      );
      onProgress(remaining, total);
      if (remaining <= maxRemaining) return;
      await sleep(POLL_INTERVAL_MS, signal);
    }
  }

  async stop(): Promise<void> {
    await this.subscription?.stop();
    // If this fails, the broker deletes the empty group after some days.
    await this.admin.deleteGroups([this.groupId]).catch(() => undefined);
    await this.admin.disconnect();
    this.connection.onApplicationShutdown();
  }

  private async offsets(): Promise<PartitionOffsets[]> {
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
