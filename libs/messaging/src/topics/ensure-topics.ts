import { setTimeout as delay } from 'node:timers/promises';
import { Logger } from '@nestjs/common';
import type { TopicDefinition } from '@viernes/contracts';
import type { Kafka } from 'kafkajs';
import { topicConfigDrift } from '../metrics/event-metrics.js';
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
/** Drift that is logged already: the publisher and the consumers of a process all check the topics. */
let loggedDrift = new Set<string>();

export interface TopicDifference extends TopicSetting {
  readonly found: number;
  /** The declared value loses no event: more partitions, or a longer retention. Otherwise, an operator decides. */
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
 * Creates missing topics, extends existing ones if that loses no event, and reports other differences. Safe to repeat, also
 * concurrently.
 * @throws KafkaJSError if the broker is unavailable
 */
export async function ensureTopics(kafka: Kafka, definitions: readonly TopicDefinition[]): Promise<void> {
  await KafkaTopicAdmin.run(kafka, async (admin) => {
    const names = definitions.map(({ name }) => name);
    let existing = await admin.find(names);
    const missing = definitions.filter(({ name }) => !existing.has(name));
    // One request per topic: if some exist by then, kafkajs does not report that it created the others.
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
    reportDrift(drift);
  });
}

function reportDrift(drift: readonly TopicDifference[]): void {
  topicConfigDrift.reset();
  const reported = new Set<string>();
  for (const { topic, setting, declared, found } of drift) {
    topicConfigDrift.set({ topic, setting }, 1);
    const key = `${topic} ${setting} ${found}`;
    reported.add(key);
    if (!loggedDrift.has(key)) logger.warn({ topic, setting, declared, found }, 'topic differs from its declaration');
  }
  loggedDrift = reported;
}

/** In Kafka, -1 is unlimited. */
function limitOf(value: number): number {
  return value < 0 ? Infinity : value;
}
