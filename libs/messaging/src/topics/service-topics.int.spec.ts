import { Logger } from '@nestjs/common';
import { KafkaConnection } from '@viernes/kafka';
import { backing, uniqueName } from '@viernes/testing';
import { register } from 'prom-client';
import { toMessagingConfig } from '../config/messaging.config.js';
import { HandlerRegistry } from '../event/event-consumer.js';
import { derivedTopics, ServiceTopics } from './service-topics.js';

const name = uniqueName('viernes.notes');

it('derivedTopics names the retry and dead-letter topics after the topic and the service', () => {
  expect(derivedTopics({ name: 'notes', partitions: 6, retentionHours: 48 }, 'user')).toMatchObject([
    { name: 'notes.retry.user', partitions: 6 },
    { name: 'notes.dead-letter.user', partitions: 1 },
  ]);
});

describe('ServiceTopics', () => {
  const connection = new KafkaConnection('viernes.test', backing().kafkaBrokers);

  beforeAll(() => Logger.overrideLogger(false));
  afterAll(async () => {
    const admin = connection.kafka.admin();
    await admin.connect();
    await admin.deleteTopics({ topics: [name] });
    await admin.disconnect();
    connection.onApplicationShutdown();
  });

  /** Ensures the topics of a service without handlers. */
  async function ensure(partitions: number): Promise<void> {
    const registry: HandlerRegistry = Object.assign(Object.create(HandlerRegistry.prototype), { handlers: [] });
    const topics = [{ name, partitions, retentionHours: 24 }];
    const config = toMessagingConfig({ service: 'test', brokers: [], topics });
    await new ServiceTopics(connection, registry, config).ensure();
  }

  async function drift(): Promise<unknown[]> {
    const metric = await register.getSingleMetric('topic_config_drift')?.get();
    return metric?.values.map(({ labels, value }) => ({ ...labels, value })) ?? [];
  }

  it('reports a topic that differs from its declaration until both match', async () => {
    await ensure(3);
    expect(await drift()).toEqual([]);
    await ensure(2);
    expect(await drift()).toEqual([{ topic: name, setting: 'partitions', value: 1 }]);
    await ensure(3);
    expect(await drift()).toEqual([]);
  });
});
