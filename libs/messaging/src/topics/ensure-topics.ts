import type { TopicDefinition } from '@viernes/contracts';
import type { Kafka } from 'kafkajs';
import { KafkaTopicAdmin, unlessForbidden } from './kafka-topic-admin.js';
import { planTopic, type FoundTopic, type TopicDifference, type TopicPlan } from './topic-plan.js';
import { TopicReport } from './topic-report.js';

/** One for the process: publisher and subscription both look, and what is different is told once. */
const report = new TopicReport();

/**
 * Makes the topics that are missing, mends what can be mended without losing an event or an order, and reports the rest
 * (see planTopic). Safe to repeat, and for several services at once.
 *
 * @throws KafkaJSError when the broker is away
 */
export async function ensureTopics(kafka: Kafka, definitions: readonly TopicDefinition[]): Promise<void> {
  await KafkaTopicAdmin.run(kafka, async (topics) => {
    const names = definitions.map(({ name }) => name);
    let found = await topics.find(names);
    const missing = definitions.filter(({ name }) => !found.has(name));
    // One call each: of a list in which some exist by now, kafkajs cannot tell that the rest was made.
    for (const definition of missing) {
      if (await topics.make(definition)) report.made(definition.name, definition.partitions);
    }
    // Whoever made one first may have declared it otherwise: an older version of the same service, say.
    if (missing.length > 0) found = await topics.find(names);
    const plans = definitions.flatMap((definition) => {
      const here = found.get(definition.name);
      return here === undefined ? [] : [{ definition, here, plan: planTopic(definition, here) }];
    });
    const differences: TopicDifference[] = [];
    for (const { definition, here, plan } of plans) differences.push(...(await mend(topics, definition, here, plan)));
    report.different(differences);
  });
}

/** @returns what stays different: what a start may not do at all, and what this broker does not let us do */
async function mend(
  topics: KafkaTopicAdmin,
  { name }: TopicDefinition,
  here: FoundTopic,
  { growTo, alter, differences }: TopicPlan,
): Promise<readonly TopicDifference[]> {
  const left = [...differences];
  if (growTo !== undefined) {
    const grown = await topics.grow(name, growTo).catch(unlessForbidden('forbidden' as const));
    if (grown === true) report.grown(name, here.partitions, growTo);
    if (grown === 'forbidden') {
      left.push({ topic: name, setting: 'partitions', declared: String(growTo), found: String(here.partitions) });
    }
  }
  const retention = alter['retention.ms'];
  if (retention !== undefined) {
    const altered = await topics.alter(name, alter).catch(unlessForbidden('forbidden' as const));
    if (altered === true) report.altered(name, alter);
    else {
      const found = here.settings?.['retention.ms'] ?? '';
      left.push({ topic: name, setting: 'retention.ms', declared: retention, found });
    }
  }
  return left;
}
