import type { TopicDefinition } from '@viernes/contracts';
import type { Kafka } from 'kafkajs';

const HOUR_MS = 3_600_000;

/**
 * Makes the topics that are missing and adds the partitions that are. Safe to repeat, and for several services at once.
 * @throws KafkaJSError when the broker is away
 */
export async function ensureTopics(kafka: Kafka, topics: readonly TopicDefinition[]): Promise<void> {
  const admin = kafka.admin();
  await admin.connect();
  try {
    const existing = new Set(await admin.listTopics());
    // One call each: of a list in which some exist by now, kafkajs cannot tell that the rest was made.
    for (const { name, partitions, retentionHours } of topics) {
      if (existing.has(name)) continue;
      const retentionMs = retentionHours === Infinity ? -1 : retentionHours * HOUR_MS;
      const configEntries = [{ name: 'retention.ms', value: String(retentionMs) }];
      await admin.createTopics({ topics: [{ topic: name, numPartitions: partitions, configEntries }] });
    }
    const { topics: found } = await admin.fetchTopicMetadata({ topics: topics.map(({ name }) => name) });
    const grown = topics.filter(({ name, partitions }) => {
      const here = found.find((topic) => topic.name === name);
      return here !== undefined && here.partitions.length < partitions;
    });
    if (grown.length > 0) {
      await admin.createPartitions({
        topicPartitions: grown.map(({ name, partitions }) => ({ topic: name, count: partitions })),
      });
    }
  } finally {
    await admin.disconnect();
  }
}
