import { Logger } from '@nestjs/common';
import { TitleChangedV1 } from '@viernes/contracts';
import {
  backing,
  createTopics,
  eventually,
  reserveBrokerProxy,
  TestEventPublisher,
  uniqueName,
} from '@viernes/testing';
import { Kafka, logLevel, type Admin } from 'kafkajs';
import { KafkaConnection } from '../connection/kafka-connection.js';
import { EventListener, listenTo } from './event-listener.js';

/** A listener and everything that it reported. */
class TestListener {
  readonly received: string[] = [];
  gaps = 0;
  private readonly connection: KafkaConnection;
  private readonly listener: EventListener;

  constructor(event: typeof TitleChangedV1, brokers = backing().kafkaBrokers, name = uniqueName('viernes.test')) {
    this.connection = new KafkaConnection(name, brokers);
    this.listener = new EventListener({
      kafka: this.connection.kafka,
      name,
      events: [listenTo(event, ({ titleId }) => void this.received.push(titleId))],
      onGap: () => (this.gaps += 1),
    });
  }

  /** Resolves when the listener misses no further event. */
  whenListening(): Promise<boolean> {
    return eventually(() => this.gaps > 0);
  }

  async stop(): Promise<void> {
    await this.listener.stop();
    this.connection.onApplicationShutdown();
  }
}

describe('EventListener', () => {
  const kafka = new Kafka({ brokers: [...backing().kafkaBrokers], logLevel: logLevel.NOTHING });
  const listeners: TestListener[] = [];
  const logged: string[] = [];
  const topics: string[] = [];
  let admin: Admin;
  let publisher: TestEventPublisher;
  let event: typeof TitleChangedV1;

  const listen = (...args: ConstructorParameters<typeof TestListener>): TestListener => {
    const listener = new TestListener(...args);
    listeners.push(listener);
    return listener;
  };
  const publish = (...titleIds: string[]): Promise<void[]> =>
    Promise.all(titleIds.map((titleId) => publisher.publish(event, { titleId })));

  beforeAll(async () => {
    const log = (_data: unknown, message: string): void => void logged.push(message);
    const ignore = (): void => undefined;
    Logger.overrideLogger({ log, warn: log, error: log, debug: ignore });
    admin = kafka.admin();
    await admin.connect();
    publisher = await TestEventPublisher.connect();
  });
  beforeEach(async () => {
    event = { ...TitleChangedV1, topic: uniqueName('viernes.titles') };
    topics.push(event.topic);
    await createTopics(admin, [{ topic: event.topic, numPartitions: 3 }]);
  });
  afterEach(async () => {
    await Promise.all(listeners.splice(0).map((listener) => listener.stop()));
  });
  afterAll(async () => {
    await publisher.close();
    // Not earlier: the producer refreshes the metadata of all topics that it has used.
    await admin.deleteTopics({ topics });
    await admin.disconnect();
  });

  it('delivers every new event to every listener, and no earlier event', async () => {
    await publish('before');
    const both = [listen(event), listen(event)];
    await Promise.all(both.map((listener) => listener.whenListening()));
    await publish('a', 'b', 'c', 'd');
    for (const { received } of both) await eventually(() => received.toSorted().join() === 'a,b,c,d');
  });

  it('stores no positions on the broker', async () => {
    const name = uniqueName('viernes.test');
    const listener = listen(event, backing().kafkaBrokers, name);
    await listener.whenListening();
    await publish('a');
    await eventually(() => listener.received.length === 1);
    await listener.stop();
    const { groups } = await admin.listGroups();
    for (const { groupId } of groups.filter((group) => group.groupId.startsWith(name))) {
      const [offsets] = await admin.fetchOffsets({ groupId, topics: [event.topic] });
      expect(offsets?.partitions.map(({ offset }) => offset)).toEqual(['-1', '-1', '-1']);
    }
  });

  it('reports a gap after an outage of the broker, delivers later events, and logs the outage once', async () => {
    const broker = await reserveBrokerProxy();
    try {
      const listener = listen(event, [`127.0.0.1:${broker.port}`]);
      await broker.open();
      await listener.whenListening();
      logged.splice(0);
      await broker.close();
      await publish('during the outage');
      await eventually(() => logged.length > 0);
      const { gaps } = listener;
      await broker.open();
      await eventually(() => listener.gaps > gaps);
      await publish('later');
      await eventually(() => listener.received.includes('later'));
      expect(logged).toEqual(['events unavailable', 'events available again']);
    } finally {
      await broker.close();
    }
  });

  it('reports a gap for a payload that cannot be decoded', async () => {
    const listener = listen(event);
    await listener.whenListening();
    const { gaps } = listener;
    const codec = {
      ...event.codec,
      encode: () => TitleChangedV1.codec.encode({ titleId: 'x' }).raw(Uint8Array.of(10, 9)),
    };
    await publisher.publish({ ...event, codec }, { titleId: 'x' });
    await eventually(() => listener.gaps > gaps);
    expect(listener.received).toEqual([]);
  });

  it('waits for a missing topic', async () => {
    const topic = uniqueName('viernes.titles');
    topics.push(topic);
    const listener = listen({ ...event, topic });
    await createTopics(admin, [{ topic }]);
    await listener.whenListening();
    await publisher.publish({ ...event, topic }, { titleId: 'a' });
    await eventually(() => listener.received.length === 1);
  });
});
