import { Logger } from '@nestjs/common';
import type { TopicDefinition } from '@viernes/contracts';
import type { Kafka } from 'kafkajs';
import { topicConfigDrift } from '../metrics/event-metrics.js';
import { KafkaTopicAdmin, unlessForbidden } from './kafka-topic-admin.js';
import { planTopic, type ExistingTopic, type TopicDrift } from './topic-plan.js';

const logger = new Logger('Topics');
/** Drift that is logged already: the publisher and the consumers of a process all check the topics. */
let loggedDrift = new Set<string>();

/**
 * Creates missing topics, applies the changes that planTopic allows, and reports other differences. Safe to repeat, also
 * concurrently.
 * @throws KafkaJSError if the broker is unavailable
 */
export async function ensureTopics(kafka: Kafka, definitions: readonly TopicDefinition[]): Promise<void> {
  await KafkaTopicAdmin.run(kafka, async (admin) => {
    const names = definitions.map(({ name }) => name);
    let existing = await admin.find(names);
    const missing = definitions.filter(({ name }) => !existing.has(name));
    // One request per topic: if some exist by then, kafkajs does not report that it created the others.
    for (const definition of missing) {
      const { name: topic, partitions } = definition;
      if (await admin.create(definition)) logger.log({ topic, partitions }, 'topic created');
    }
    // Another service can have created a topic with another declaration, such as that of an earlier version.
    if (missing.length > 0) existing = await admin.find(names);
    const drift: TopicDrift[] = [];
    for (const definition of definitions) {
      const found = existing.get(definition.name);
      if (found) drift.push(...(await adjust(admin, definition, found)));
    }
    reportDrift(drift);
  });
}

/** @returns the differences that remain: those that need an operator, and those that the service is not authorized to change */
async function adjust(
  admin: KafkaTopicAdmin,
  definition: TopicDefinition,
  found: ExistingTopic,
): Promise<readonly TopicDrift[]> {
  const { name: topic } = definition;
  const { growTo, retentionMs, drift } = planTopic(definition, found);
  const remaining = [...drift];
  if (growTo !== undefined) {
    const grown = await admin.grow(topic, growTo).catch(unlessForbidden('forbidden' as const));
    // Keys move to other partitions: their new events can overtake older ones for some time.
    if (grown === true) logger.log({ topic, from: found.partitions, to: growTo }, 'partitions added');
    if (grown === 'forbidden') {
      remaining.push({ topic, setting: 'partitions', declared: String(growTo), found: String(found.partitions) });
    }
  }
  if (retentionMs !== undefined) {
    const isExtended = await admin.setRetention(topic, retentionMs).catch(unlessForbidden(false));
    if (isExtended) logger.log({ topic, retentionMs }, 'retention extended');
    else {
      remaining.push({ topic, setting: 'retention.ms', declared: retentionMs, found: found.retentionMs ?? '' });
    }
  }
  return remaining;
}

function reportDrift(drift: readonly TopicDrift[]): void {
  topicConfigDrift.reset();
  const reported = new Set<string>();
  for (const difference of drift) {
    const { topic, setting, found } = difference;
    topicConfigDrift.set({ topic, setting }, 1);
    const key = `${topic} ${setting} ${found}`;
    reported.add(key);
    if (!loggedDrift.has(key)) logger.warn(difference, 'topic differs from its declaration');
  }
  loggedDrift = reported;
}
