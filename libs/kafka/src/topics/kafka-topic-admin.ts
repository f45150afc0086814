import type { TopicDefinition } from '@viernes/contracts';
import kafkajs, { type Admin, type ConfigSource, type Kafka } from 'kafkajs';

// Node.js detects only some of the named exports of this CommonJS module.
const { ConfigResourceTypes, ConfigSource: Sources } = kafkajs;

const HOUR_MS = 3_600_000;
/** Kafka deletes complete segments. Daily segments limit how long an event outlives its retention (see EventCleanup). */
const SEGMENT_MS = 86_400_000;
const RETENTION = 'retention.ms';

export interface ExistingTopic {
  readonly partitions: number;
  /** -1 is unlimited. Undefined if the service is not authorized to read it. */
  readonly retentionMs: number | undefined;
}

export interface TopicSetting {
  readonly topic: string;
  readonly setting: 'partitions' | 'retention.ms';
  readonly declared: number;
}

interface ConfigEntry {
  readonly configName: string;
  readonly configValue: string;
  readonly configSource: ConfigSource;
}

/** Returns the declared retention. -1 is unlimited. */
export function toRetentionMs({ retentionHours }: TopicDefinition): number {
  return retentionHours === Infinity ? -1 : retentionHours * HOUR_MS;
}

/** Reads and changes the topics of a broker. */
export class KafkaTopicAdmin {
  private constructor(private readonly admin: Admin) {}

  /** @throws KafkaJSError if the broker is unavailable */
  static async run<Result>(kafka: Kafka, work: (admin: KafkaTopicAdmin) => Promise<Result>): Promise<Result> {
    const admin = kafka.admin();
    await admin.connect();
    try {
      return await work(new KafkaTopicAdmin(admin));
    } finally {
      await admin.disconnect();
    }
  }

  /** @returns the topics that the broker has loaded, by name */
  async find(names: readonly string[]): Promise<ReadonlyMap<string, ExistingTopic>> {
    // Reads all topics, because a request for a missing one fails.
    const { topics } = await this.admin.fetchTopicMetadata();
    const found = topics.filter(({ name }) => names.includes(name));
    const describing = this.describe(found.map(({ name }) => name));
    const configs = await describing.catch(unlessForbidden(new Map<string, readonly ConfigEntry[]>()));
    return new Map(
      found.map(({ name, partitions }) => {
        const entries = configs.get(name);
        const retention = entries?.find(({ configName }) => configName === RETENTION)?.configValue;
        return [name, { partitions: partitions.length, retentionMs: retention ? Number(retention) : undefined }];
      }),
    );
  }

  /** @returns false if another service has created the topic in the meantime */
  async create(definition: TopicDefinition): Promise<boolean> {
    const { name: topic, partitions: numPartitions, retentionHours } = definition;
    const configEntries = [{ name: RETENTION, value: String(toRetentionMs(definition)) }];
    if (retentionHours !== Infinity) configEntries.push({ name: 'segment.ms', value: String(SEGMENT_MS) });
    // Waiting for leaders would fail while the broker has not loaded the new topic yet.
    const topics = [{ topic, numPartitions, configEntries }];
    return this.admin.createTopics({ topics, waitForLeaders: false });
  }

  async extend({ topic, setting, declared }: TopicSetting): Promise<true> {
    await (setting === 'partitions' ? this.grow(topic, declared) : this.setRetention(topic, String(declared)));
    return true;
  }

  /** Moves keys to other partitions, so their new events can overtake older ones for some time. */
  private async grow(topic: string, count: number): Promise<void> {
    try {
      await this.admin.createPartitions({ topicPartitions: [{ topic, count }] });
    } catch (error) {
      // Another service can have added them.
      const { topics } = await this.admin.fetchTopicMetadata({ topics: [topic] });
      if ((topics[0]?.partitions.length ?? 0) < count) throw error;
    }
  }

  /** Sends the other settings of the topic too: kafkajs supports only the request that replaces all of them. */
  private async setRetention(topic: string, retentionMs: string): Promise<void> {
    const entries = (await this.describe([topic])).get(topic) ?? [];
    const own = entries.filter(
      ({ configName, configSource }) => configSource === Sources.TOPIC_CONFIG && configName !== RETENTION,
    );
    const configEntries = own.map(({ configName: name, configValue: value }) => ({ name, value }));
    configEntries.push({ name: RETENTION, value: retentionMs });
    await this.admin.alterConfigs({
      validateOnly: false,
      resources: [{ type: ConfigResourceTypes.TOPIC, name: topic, configEntries }],
    });
  }

  private async describe(topics: readonly string[]): Promise<Map<string, readonly ConfigEntry[]>> {
    if (topics.length === 0) return new Map();
    const { resources } = await this.admin.describeConfigs({
      includeSynonyms: false,
      resources: topics.map((name) => ({ type: ConfigResourceTypes.TOPIC, name })),
    });
    return new Map(resources.map(({ resourceName, configEntries }) => [resourceName, configEntries]));
  }
}

/**
 * Replaces an authorization error with `fallback`, so that a service that can only read and write events starts, too.
 */
export function unlessForbidden<Fallback>(fallback: Fallback): (error: unknown) => Fallback {
  return (error) => {
    // kafkajs names the broker's error code `type`.
    if (error instanceof Error && 'type' in error && String(error.type).endsWith('AUTHORIZATION_FAILED')) {
      return fallback;
    }
    throw error;
  };
}
