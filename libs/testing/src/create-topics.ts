import { TOPICS } from '@viernes/contracts';
import type { Admin, ITopicConfig, Kafka } from 'kafkajs';
import { eventually } from './eventually.js';

/**
 * Creates the topics that do not exist, and waits until the broker serves them. kafkajs waits as well, but fails if the
 * metadata of the broker does not contain the new topic yet.
 */
export async function createTopics(admin: Admin, topics: ITopicConfig[]): Promise<void> {
  await admin.createTopics({ topics, waitForLeaders: false });
  await eventually(() => admin.fetchTopicMetadata({ topics: topics.map(({ topic }) => topic) }));
}

/** Creates the topics of all events if this test is the first one on a new broker. */
export async function createEventTopics(kafka: Kafka): Promise<void> {
  const admin = kafka.admin();
  await admin.connect();
  try {
    await createTopics(
      admin,
      TOPICS.map(({ name, partitions }) => ({ topic: name, numPartitions: partitions })),
    );
  } finally {
    await admin.disconnect();
  }
}
