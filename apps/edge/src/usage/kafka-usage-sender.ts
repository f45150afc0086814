import { UsageCountedV1, type edgeEventsV1 } from '@viernes/contracts';
import type { UsageBatch, UsageSender } from '@viernes/gateway';
import { EventPublisher, KafkaConnection } from '@viernes/kafka';

const SOURCE = '/viernes/edge';

/**
 * Publishes usage as events, without an outbox, because the edge has no database. Has a separate connection, which closes
 * after the last request. The services create the topic. Until then, sending fails.
 */
export class KafkaUsageSender implements UsageSender {
  private readonly connection: KafkaConnection;
  private readonly publisher: EventPublisher;

  constructor(brokers: readonly string[]) {
    this.connection = new KafkaConnection('viernes.edge.usage', brokers);
    this.publisher = new EventPublisher(this.connection.kafka);
  }

  async send({ id, edgeId, usages }: UsageBatch): Promise<void> {
    const { type, topic, key, codec } = UsageCountedV1;
    const data: edgeEventsV1.UsageCounted = { edgeId, usages: usages.map(toUsageMessage) };
    const payload = codec.encode(data).finish();
    await this.publisher.publish([
      { id, type, topic, key: key(data), source: SOURCE, time: new Date(), traceparent: undefined, payload },
    ]);
  }

  async close(): Promise<void> {
    await this.publisher.close();
    this.connection.onApplicationShutdown();
  }
}

function toUsageMessage({ hourMs, caller, ...usage }: UsageBatch['usages'][number]): edgeEventsV1.UsageCounted_Usage {
  return {
    ...usage,
    hourAt: new Date(hourMs).toISOString(),
    accountId: caller?.accountId,
    apiKeyId: caller?.apiKeyId,
  };
}
