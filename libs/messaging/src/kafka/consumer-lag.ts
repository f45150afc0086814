import { Logger } from '@nestjs/common';
import { sleep } from '@viernes/platform';
import type { Admin, Kafka } from 'kafkajs';
import { consumerLag } from '../metrics.js';

const EVERY_MS = 15_000;

/** Tells, whether or not this process reads anything itself, how far behind the service is: also while no reader is left. */
export class ConsumerLag {
  private readonly logger = new Logger('ConsumerLag');
  private readonly stopping = new AbortController();
  private working: Promise<void> = Promise.resolve();

  constructor(
    private readonly kafka: Kafka,
    private readonly groupId: string,
    private readonly topics: readonly string[],
  ) {}

  start(): void {
    this.working = this.run();
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    await this.working;
  }

  private async run(): Promise<void> {
    const { signal } = this.stopping;
    while (!signal.aborted) {
      await sleep(Math.random() * EVERY_MS, signal);
      const admin = this.kafka.admin();
      try {
        await admin.connect();
        await this.watch(admin);
      } catch (error) {
        // The readers tell of a broker that is away.
        this.logger.debug({ err: error }, 'lag not measured, tries again');
      } finally {
        await admin.disconnect().catch(() => undefined);
      }
    }
  }

  private async watch(admin: Admin): Promise<void> {
    const { signal } = this.stopping;
    while (!signal.aborted) {
      for (const [topic, lag] of await measureLag(admin, this.groupId, this.topics)) consumerLag.set({ topic }, lag);
      await sleep(EVERY_MS, signal);
    }
  }
}

/**
 * Events that a group has not passed yet, by topic, over all partitions; where it never was, all that the topic holds.
 * @throws KafkaJSError when the broker is away
 */
export async function measureLag(
  admin: Admin,
  groupId: string,
  topics: readonly string[],
): Promise<Map<string, number>> {
  const passed = await admin.fetchOffsets({ groupId, topics: [...topics] });
  const lags = new Map<string, number>();
  for (const { topic, partitions } of passed) {
    const offsets = new Map(partitions.map(({ partition, offset }) => [partition, Number(offset)]));
    const ends = await admin.fetchTopicOffsets(topic);
    const lag = ends.reduce((sum, { partition, low, high }) => {
      const next = Math.max(offsets.get(partition) ?? -1, Number(low));
      return sum + Math.max(0, Number(high) - next);
    }, 0);
    lags.set(topic, lag);
  }
  return lags;
}
