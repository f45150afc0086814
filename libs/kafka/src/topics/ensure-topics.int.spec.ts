import { Logger } from '@nestjs/common';
import type { TopicDefinition } from '@viernes/contracts';
import { backing, eventually, uniqueName } from '@viernes/testing';
import { ConfigResourceTypes, Kafka, logLevel, type Admin } from 'kafkajs';
import { ensureTopics } from './ensure-topics.js';

const HOUR_MS = 3_600_000;

describe('ensureTopics', () => {
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
    notes = { name: uniqueName('viernes.notes'), partitions: 3, retentionHours: 24 };
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

  it('creates topics with their partitions and retention, even if several services start concurrently', async () => {
    const drift = await Promise.all(Array.from({ length: 6 }, () => ensureTopics(kafka, [notes])));
    expect(drift.flat()).toEqual([]);
    expect(await partitions(notes.name)).toBe(3);
    expect(await settings(notes.name)).toMatchObject({
      'retention.ms': String(24 * HOUR_MS),
      'segment.ms': String(24 * HOUR_MS),
    });
  });

  it('creates a topic with unlimited retention', async () => {
    await ensureTopics(kafka, [{ ...notes, retentionHours: Infinity }]);
    expect(await settings(notes.name)).toMatchObject({ 'retention.ms': '-1' });
  });

  it('adds partitions, even if several services start concurrently', async () => {
    await ensureTopics(kafka, [notes]);
    await Promise.all(Array.from({ length: 6 }, () => ensureTopics(kafka, [{ ...notes, partitions: 7 }])));
    expect(await partitions(notes.name)).toBe(7);
  });

  it('returns a topic with more partitions than declared, and does not change it', async () => {
    await ensureTopics(kafka, [notes]);
    const drift = await ensureTopics(kafka, [{ ...notes, partitions: 2 }]);
    expect(drift).toMatchObject([{ topic: notes.name, setting: 'partitions', declared: 2, found: 3 }]);
    expect(await partitions(notes.name)).toBe(3);
  });

  it('extends the retention and keeps settings that others have set', async () => {
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
    // The broker applies a change after it has confirmed it.
    await eventually(async () => (await settings(notes.name))['max.message.bytes'] === '600000');
    await ensureTopics(kafka, [{ ...notes, retentionHours: 48 }]);
    await eventually(async () => (await settings(notes.name))['retention.ms'] === String(48 * HOUR_MS));
    expect(await settings(notes.name)).toMatchObject({ 'max.message.bytes': '600000' });
  });

  it('returns a topic whose declared retention is shorter, and does not change it', async () => {
    await ensureTopics(kafka, [notes]);
    const drift = await ensureTopics(kafka, [{ ...notes, retentionHours: 1 }]);
    expect(drift).toMatchObject([{ topic: notes.name, setting: 'retention.ms' }]);
    expect(await settings(notes.name)).toMatchObject({ 'retention.ms': String(24 * HOUR_MS) });
  });
});
