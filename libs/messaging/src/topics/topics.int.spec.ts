import { Logger } from '@nestjs/common';
import type { TopicDefinition } from '@viernes/contracts';
import { backing, uniqueName } from '@viernes/testing';
import { ConfigResourceTypes, Kafka, logLevel, type Admin } from 'kafkajs';
import { register } from 'prom-client';
import { ensureTopics } from './ensure-topics.js';

const HOUR_MS = 3_600_000;

describe('declared topics', () => {
  const kafka = new Kafka({ brokers: [...backing().kafkaBrokers], logLevel: logLevel.NOTHING });
  let admin: Admin;
  let notes: TopicDefinition;

  beforeAll(async () => {
    Logger.overrideLogger(false);
    admin = kafka.admin();
    await admin.connect();
  });
  afterAll(() => admin.disconnect());
  beforeEach(() => {
    notes = { name: uniqueName('viernes.notes'), partitions: 3, retentionHours: 24, growth: 'at-start' };
  });
  afterEach(async () => {
    await admin.deleteTopics({ topics: [notes.name] });
  });

  const partitions = async (name: string): Promise<number | undefined> => {
    const { topics } = await admin.fetchTopicMetadata({ topics: [name] });
    return topics[0]?.partitions.length;
  };
  const settings = async (name: string): Promise<Record<string, string>> => {
    const { resources } = await admin.describeConfigs({
      includeSynonyms: false,
      resources: [{ type: ConfigResourceTypes.TOPIC, name }],
    });
    return Object.fromEntries(
      (resources[0]?.configEntries ?? []).map(({ configName, configValue }) => [configName, configValue]),
    );
  };
  const differences = async (): Promise<unknown[]> => {
    const metric = await register.getSingleMetric('topic_config_drift')?.get();
    return metric?.values.map(({ labels, value }) => ({ ...labels, value })) ?? [];
  };

  it('are made with their partitions, retention and clean-up, by services that start at once', async () => {
    await Promise.all(Array.from({ length: 6 }, () => ensureTopics(kafka, [{ ...notes, cleanup: 'compact' }])));
    expect(await partitions(notes.name)).toBe(3);
    expect(await settings(notes.name)).toMatchObject({
      'retention.ms': String(24 * HOUR_MS),
      'cleanup.policy': 'compact',
    });
    expect(await differences()).toEqual([]);
  });

  it('are kept for ever where that is declared', async () => {
    await ensureTopics(kafka, [{ ...notes, retentionHours: Infinity }]);
    expect(await settings(notes.name)).toMatchObject({ 'retention.ms': '-1' });
  });

  it('grow when several services that want more start at once', async () => {
    await ensureTopics(kafka, [notes]);
    await Promise.all(Array.from({ length: 6 }, () => ensureTopics(kafka, [{ ...notes, partitions: 7 }])));
    expect(await partitions(notes.name)).toBe(7);
  });

  it('are not grown where keys must keep their order, which is told', async () => {
    await ensureTopics(kafka, [notes]);
    await ensureTopics(kafka, [{ ...notes, partitions: 7, growth: 'by-hand' }]);
    expect(await partitions(notes.name)).toBe(3);
    expect(await differences()).toEqual([{ topic: notes.name, setting: 'partitions', value: 1 }]);
    await ensureTopics(kafka, [notes]);
    expect(await differences()).toEqual([]);
  });

  it('keep events longer at once, and what others set as it is', async () => {
    await ensureTopics(kafka, [notes]);
    await admin.alterConfigs({
      validateOnly: false,
      resources: [
        {
          type: ConfigResourceTypes.TOPIC,
          name: notes.name,
          configEntries: [
            { name: 'retention.ms', value: String(24 * HOUR_MS) },
            { name: 'max.message.bytes', value: '600000' },
          ],
        },
      ],
    });
    await ensureTopics(kafka, [{ ...notes, retentionHours: 48 }]);
    expect(await settings(notes.name)).toMatchObject({
      'retention.ms': String(48 * HOUR_MS),
      'max.message.bytes': '600000',
    });
  });

  it('lose no event to a declaration that is shorter, which is told', async () => {
    await ensureTopics(kafka, [notes]);
    await ensureTopics(kafka, [{ ...notes, retentionHours: 1, cleanup: 'compact' }]);
    expect(await settings(notes.name)).toMatchObject({
      'retention.ms': String(24 * HOUR_MS),
      'cleanup.policy': 'delete',
    });
    expect(await differences()).toEqual([
      { topic: notes.name, setting: 'retention.ms', value: 1 },
      { topic: notes.name, setting: 'cleanup.policy', value: 1 },
    ]);
    await ensureTopics(kafka, [notes]);
  });
});
