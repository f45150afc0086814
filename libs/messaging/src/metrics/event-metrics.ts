import { Counter, Gauge, Histogram } from 'prom-client';

// Label values are limited: `topic` is a declared topic, `consumer` is a handler of the service. `service`
// distinguishes the services of a process with several of them.

export const outboxRows = new Gauge({
  name: 'outbox_rows',
  help: 'Committed events that are not published yet (counted up to 100000)',
  labelNames: ['service'],
});

export const outboxOldestSeconds = new Gauge({
  name: 'outbox_oldest_seconds',
  help: 'Age of the oldest event in the outbox, 0 if the outbox is empty',
  labelNames: ['service'],
});

export const outboxRelayLeader = new Gauge({
  name: 'outbox_relay_leader',
  help: '1 if this process publishes the outbox of its database',
  labelNames: ['service'],
});

export const eventsPublished = new Counter({
  name: 'events_published_total',
  help: 'Events published to Kafka',
  labelNames: ['topic'],
});

export const publishFailures = new Counter({
  name: 'events_publish_failures_total',
  help: 'Batches that could not be published',
});

export const eventsHandled = new Counter({
  name: 'events_handled_total',
  help: 'Deliveries by outcome: applied, duplicate, filtered (not accepted by the handler), retried, parked',
  labelNames: ['consumer', 'outcome'],
});

export const eventsFailed = new Counter({
  name: 'events_failed_total',
  help: 'Failed attempts by kind: dependency (other than the database), unexpected, permanent',
  labelNames: ['consumer', 'kind'],
});

export const partitionPauses = new Counter({
  name: 'partition_pauses_total',
  help: 'Times that a partition was paused because the database was unavailable',
  labelNames: ['topic'],
});

export const eventsPending = new Gauge({
  name: 'events_pending',
  help: 'Events that wait for a retry',
  labelNames: ['consumer'],
});

export const deadLettersParked = new Gauge({
  name: 'dead_letters_parked',
  help: 'Dead letters that are neither redriven nor dropped',
  labelNames: ['consumer'],
});

export const deadLettersExpired = new Counter({
  name: 'dead_letters_expired_total',
  help: 'Dead letters that were deleted because no operator had resolved them for 30 days',
  labelNames: ['consumer'],
});

export const consumerLag = new Gauge({
  name: 'consumer_lag',
  help: 'Events of a topic that the service has not processed yet, over all replicas',
  labelNames: ['service', 'topic'],
});

export const eventsSkipped = new Counter({
  name: 'events_skipped_total',
  help: 'Events whose type has no handler in this service',
  labelNames: ['topic'],
});

export const eventAgeSeconds = new Histogram({
  name: 'event_age_seconds',
  help: 'Time from an event to its effect',
  labelNames: ['consumer'],
  buckets: [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 60, 600],
});

export const topicConfigDrift = new Gauge({
  name: 'topic_config_drift',
  help: '1 for a topic setting that differs from its declaration and is not corrected at start',
  labelNames: ['topic', 'setting'],
});

/** Counts delivered events after the commit. Events that are not in `applied` are duplicates. */
export function countApplied(consumer: string, delivered: number, applied: readonly { readonly time: Date }[]): void {
  eventsHandled.inc({ consumer, outcome: 'applied' }, applied.length);
  if (applied.length < delivered) eventsHandled.inc({ consumer, outcome: 'duplicate' }, delivered - applied.length);
  const age = eventAgeSeconds.labels(consumer);
  const nowMs = Date.now();
  for (const { time } of applied) age.observe(Math.max(0, nowMs - time.getTime()) / 1000);
}
