import { setTimeout as delay } from 'node:timers/promises';
import { Logger } from '@nestjs/common';
import type { TopicDefinition } from '@viernes/contracts';
import type { Kafka } from 'kafkajs';
import {
  KafkaTopicAdmin,
  toRetentionMs,
  unlessForbidden,
  type ExistingTopic,
  type TopicSetting,
} from './kafka-topic-admin.js';

const LOAD_TIMEOUT_MS = 5_000;
const LOAD_POLL_MS = 25;

const logger = new Logger('Topics');

export interface TopicDifference extends TopicSetting {
  readonly found: number;
  /** Whether the declared value loses no event: more partitions or a longer retention. If not, an operator decides. */
  readonly isExtension: boolean;
}

export function compareTopic(definition: TopicDefinition, found: ExistingTopic): TopicDifference[] {
  const { name: topic, partitions } = definition;
  return [
    { setting: 'partitions' as const, declared: partitions, found: found.partitions },
    { setting: 'retention.ms' as const, declared: toRetentionMs(definition), found: found.retentionMs },
  ].flatMap(({ setting, declared, found: value = declared }) => {
    const isExtension = limitOf(declared) > limitOf(value);
    return declared === value ? [] : [{ topic, setting, declared, found: value, isExtension }];
  });
}

/**
 * Creates missing topics, and extends existing ones if that loses no event. Safe to repeat, even concurrently.
 * @returns the other differences from the definitions
 * @throws KafkaJSError if the broker is unavailable
 */
export async function ensureTopics(
  kafka: Kafka,
  definitions: readonly TopicDefinition[],
): Promise<readonly TopicDifference[]> {
  return KafkaTopicAdmin.run(kafka, async (admin) => {
    const names = definitions.map(({ name }) => name);
    let existing = await admin.find(names);
    const missing = definitions.filter(({ name }) => !existing.has(name));
    // One request per topic: if another service has created some in the meantime, kafkajs does not report the others.
    const creations = missing.map(async (definition) => {
      const { name: topic, partitions } = definition;
      if (await admin.create(definition)) logger.log({ topic, partitions }, 'topic created');
    });
    await Promise.all(creations);
    // The broker loads new topics after its response. Another service can have created one with another declaration.
    const endsAt = Date.now() + LOAD_TIMEOUT_MS;
    while (existing.size < names.length && Date.now() < endsAt) {
      await delay(LOAD_POLL_MS);
      existing = await admin.find(names);
    }
    const differences = definitions.flatMap((definition) => {
      const found = existing.get(definition.name);
      return found ? compareTopic(definition, found) : [];
    });
    const drift: TopicDifference[] = [];
    for (const difference of differences) {
      const isExtended = difference.isExtension && (await admin.extend(difference).catch(unlessForbidden(false)));
      if (isExtended) logger.log(difference, 'topic extended');
      else drift.push(difference);
    }
    return drift;
  });
}

/** In Kafka, -1 is unlimited. */
function limitOf(value: number): number {
  return value < 0 ? Infinity : value;
}
