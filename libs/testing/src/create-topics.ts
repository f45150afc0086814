import type { Admin, ITopicConfig } from 'kafkajs';
import { eventually } from './eventually.js';

/**
 * Creates the topics that do not exist, and waits until the broker serves them. kafkajs waits as well, but fails if the
 * metadata of the broker does not contain the new topic yet.
 */
export async function createTopics(admin: Admin, topics: ITopicConfig[]): Promise<void> {
  await admin.createTopics({ topics, waitForLeaders: false });
  await eventually(() => admin.fetchTopicMetadata({ topics: topics.map(({ topic }) => topic) }));
}
