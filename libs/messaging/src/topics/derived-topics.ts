import type { TopicDefinition } from '@viernes/contracts';

const RETRY_RETENTION_HOURS = 7 * 24;
const DEAD_LETTER_RETENTION_HOURS = 30 * 24;

/** The topic to which a service forwards events that it retries. */
export function retryTopic(topic: string, service: string): string {
  return `${topic}.retry.${service}`;
}

/** The topic to which a service forwards parked events, for other consumers. The service itself reads its own table. */
export function deadLetterTopic(topic: string, service: string): string {
  return `${topic}.dead-letter.${service}`;
}

/**
 * The topics that a service needs in addition to one that it consumes. The retry topic has as many partitions as the
 * original, so that a failure of all events is retried with the same concurrency. The dead-letter topic is rarely read.
 */
export function derivedTopics({ name, partitions }: TopicDefinition, service: string): TopicDefinition[] {
  return [
    { name: retryTopic(name, service), partitions, retentionHours: RETRY_RETENTION_HOURS },
    { name: deadLetterTopic(name, service), partitions: 1, retentionHours: DEAD_LETTER_RETENTION_HOURS },
  ];
}
