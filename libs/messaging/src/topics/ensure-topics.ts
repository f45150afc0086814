import type { TopicDefinition } from '@viernes/contracts';
import type { Kafka } from 'kafkajs';
import { KafkaTopicAdmin } from './kafka-topic-admin.js';
import { planTopic } from './topic-plan.js';
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
    for (const { definition, here, plan } of plans) {
      const { name } = definition;
      if (plan.growTo !== undefined && (await topics.grow(name, plan.growTo))) {
        report.grown(name, here.partitions, plan.growTo);
      }
      if (Object.keys(plan.alter).length > 0) {
        await topics.alter(name, plan.alter);
        report.altered(name, plan.alter);
      }
    }
    report.different(plans.flatMap(({ plan }) => plan.differences));
  });
}
