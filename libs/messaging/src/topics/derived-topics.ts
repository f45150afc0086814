import type { TopicDefinition } from '@viernes/contracts';

const RETRY_RETENTION_HOURS = 7 * 24;
const DEAD_LETTER_RETENTION_HOURS = 30 * 24;

/** Where a service sends events to itself that it could not handle yet. */
export function retryTopic(topic: string, service: string): string {
  return `${topic}.retry.${service}`;
}

/** Where events go that a service gave up on: for whoever watches; the service works from its own table. */
export function deadLetterTopic(topic: string, service: string): string {
  return `${topic}.dead-letter.${service}`;
}

/**
 * The topics that a service needs beside one that it reads. The retry topic has as many partitions as its origin, so that a
 * fault that fails everything is retried by as many at once; it may grow, since an order that matters is kept in the
 * database. The dead-letter topic has one: it is read from its beginning to its end, seldom.
 */
export function derivedTopics(origin: TopicDefinition, service: string): TopicDefinition[] {
  return [
    {
      name: retryTopic(origin.name, service),
      partitions: origin.partitions,
      retentionHours: RETRY_RETENTION_HOURS,
      growth: 'at-start',
    },
    {
      name: deadLetterTopic(origin.name, service),
      partitions: 1,
      retentionHours: DEAD_LETTER_RETENTION_HOURS,
      growth: 'at-start',
    },
  ];
}
