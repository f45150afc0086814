import type { TopicDefinition } from '@viernes/contracts';
import kafkajs, { type Admin, type ConfigSource, type Kafka } from 'kafkajs';
import { DECLARED_SETTINGS, settingsOf, type FoundTopic, type TopicSettings } from './topic-plan.js';

// Of what CommonJS exports, Node names only a part to a module.
const { ConfigResourceTypes, ConfigSource: Sources } = kafkajs;

interface Entry {
  readonly configName: string;
  readonly configValue: string;
  readonly configSource: ConfigSource;
}

/** The broker's topics, as far as declarations go. */
export class KafkaTopicAdmin {
  private constructor(private readonly admin: Admin) {}

  /** @throws KafkaJSError when the broker is away */
  static async run<Result>(kafka: Kafka, work: (topics: KafkaTopicAdmin) => Promise<Result>): Promise<Result> {
    const admin = kafka.admin();
    await admin.connect();
    try {
      return await work(new KafkaTopicAdmin(admin));
    } finally {
      await admin.disconnect();
    }
  }

  /** @returns those of them that are there */
  async find(names: readonly string[]): Promise<ReadonlyMap<string, FoundTopic>> {
    const existing = new Set(await this.admin.listTopics());
    const topics = names.filter((name) => existing.has(name));
    if (topics.length === 0) return new Map();
    const [metadata, configs] = await Promise.all([
      this.admin.fetchTopicMetadata({ topics }),
      this.describe(topics, [...DECLARED_SETTINGS]).catch(unlessForbidden(new Map<string, readonly Entry[]>())),
    ]);
    const partitionsOf = new Map(metadata.topics.map(({ name, partitions }) => [name, partitions.length]));
    return new Map(
      topics.map((name) => [
        name,
        { partitions: partitionsOf.get(name) ?? 0, settings: declaredSettings(configs.get(name)) },
      ]),
    );
  }

  /** @returns false where another made it first */
  make(definition: TopicDefinition): Promise<boolean> {
    const { name: topic, partitions: numPartitions } = definition;
    const configEntries = Object.entries(settingsOf(definition)).map(([name, value]) => ({ name, value }));
    return this.admin.createTopics({ topics: [{ topic, numPartitions, configEntries }] });
  }

  /** @returns false where another did so first */
  async grow(topic: string, count: number): Promise<boolean> {
    try {
      return await this.admin.createPartitions({ topicPartitions: [{ topic, count }] });
    } catch (error) {
      const { topics } = await this.admin.fetchTopicMetadata({ topics: [topic] });
      if ((topics[0]?.partitions.length ?? 0) >= count) return false;
      throw error;
    }
  }

  /** Kafkajs knows only the call that sets all of a topic's settings at once: those that others made are sent along. */
  async alter(topic: string, settings: Partial<TopicSettings>): Promise<true> {
    const entries = (await this.describe([topic])).get(topic) ?? [];
    const own = entries.filter(({ configSource }) => configSource === Sources.TOPIC_CONFIG);
    const kept = Object.fromEntries(own.map(({ configName, configValue }) => [configName, configValue]));
    const configEntries = Object.entries({ ...kept, ...settings }).map(([name, value]) => ({ name, value }));
    await this.admin.alterConfigs({
      validateOnly: false,
      resources: [{ type: ConfigResourceTypes.TOPIC, name: topic, configEntries }],
    });
    return true;
  }

  private async describe(topics: readonly string[], configNames?: string[]): Promise<Map<string, readonly Entry[]>> {
    const { resources } = await this.admin.describeConfigs({
      includeSynonyms: false,
      resources: topics.map((name) => ({
        type: ConfigResourceTypes.TOPIC,
        name,
        ...(configNames !== undefined && { configNames }),
      })),
    });
    return new Map(resources.map(({ resourceName, configEntries }) => [resourceName, configEntries]));
  }
}

/** Answers with `otherwise` where an account of the broker's may not do that: a service that may only read and write works. */
export function unlessForbidden<Answer>(otherwise: Answer): (error: unknown) => Answer {
  return (error) => {
    const type = error instanceof Error && 'type' in error ? String(error.type) : '';
    if (type.endsWith('AUTHORIZATION_FAILED')) return otherwise;
    throw error;
  };
}

function declaredSettings(entries: readonly Entry[] | undefined): TopicSettings | undefined {
  if (!entries) return undefined;
  const valueOf = (setting: string): string =>
    entries.find(({ configName }) => configName === setting)?.configValue ?? '';
  return { 'retention.ms': valueOf('retention.ms'), 'cleanup.policy': valueOf('cleanup.policy') };
}
