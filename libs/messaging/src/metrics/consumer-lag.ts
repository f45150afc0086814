import { Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { KafkaConnection } from '@viernes/kafka';
import { PeriodicTasks, sleep } from '@viernes/platform';
import type { Admin } from 'kafkajs';
import { MESSAGING_CONFIG, type MessagingConfig } from '../config/messaging.config.js';
import { HandlerRegistry } from '../event/event-consumer.js';
import { consumerLag } from './event-metrics.js';

const INTERVAL_MS = 15_000;

/** Measures the lag of the service's consumer group, even while no replica has partitions assigned. */
@Injectable()
export class ConsumerLag implements OnApplicationBootstrap {
  constructor(
    private readonly connection: KafkaConnection,
    private readonly registry: HandlerRegistry,
    private readonly tasks: PeriodicTasks,
    @Inject(MESSAGING_CONFIG) private readonly config: Pick<MessagingConfig, 'service'>,
  ) {}

  onApplicationBootstrap(): void {
    if (this.registry.handlers.length === 0) return;
    // Finishes at shutdown even if the broker does not respond.
    const run = (signal: AbortSignal): Promise<void> => Promise.race([this.measure(), sleep(INTERVAL_MS, signal)]);
    this.tasks.add({ name: 'consumer lag', intervalMs: INTERVAL_MS, run });
  }

  private async measure(): Promise<void> {
    const admin = this.connection.kafka.admin();
    try {
      await admin.connect();
      const { service } = this.config;
      const lags = await measureLag(admin, `viernes.${service}`, this.registry.topics);
      for (const [topic, lag] of lags) consumerLag.set({ service, topic }, lag);
    } finally {
      await admin.disconnect().catch(() => undefined);
    }
  }
}

/**
 * Returns the events by topic that a group has not processed yet, over all partitions. For a partition without a
 * committed offset, these are all retained events.
 * @throws KafkaJSError if the broker is unavailable
 */
export async function measureLag(
  admin: Admin,
  groupId: string,
  topics: readonly string[],
): Promise<Map<string, number>> {
  const committed = await admin.fetchOffsets({ groupId, topics: [...topics] });
  const lags = new Map<string, number>();
  for (const { topic, partitions } of committed) {
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
