import { Counter, Gauge, Histogram } from 'prom-client';

// Labels are bounded by the code: `topic` is one of those that the service declares, `consumer` one of its handlers.
// docs and alerts: libs/messaging/README.md.

export const outboxRows = new Gauge({
  name: 'outbox_rows',
  help: 'Events committed and not yet published (counted to 100000)',
});

export const outboxOldestSeconds = new Gauge({
  name: 'outbox_oldest_seconds',
  help: 'Age of the oldest event in the outbox, 0 when empty',
});

export const relayLeading = new Gauge({
  name: 'outbox_relay_leader',
  help: '1 where this process publishes the outbox of its database',
});

export const eventsPublished = new Counter({
  name: 'events_published_total',
  help: 'Events put on the broker',
  labelNames: ['topic'],
});

export const publishFailures = new Counter({
  name: 'events_publish_failures_total',
  help: 'Batches the broker did not take',
});

export const eventsHandled = new Counter({
  name: 'events_handled_total',
  help: 'Deliveries by what came of them: applied, duplicate, waiting (behind one of its key), retried, parked',
  labelNames: ['consumer', 'outcome'],
});

export const eventsFailed = new Counter({
  name: 'events_failed_total',
  help: 'Tries that failed by kind: away (a dependency other than the database), fault, permanent',
  labelNames: ['consumer', 'kind'],
});

export const eventsHeld = new Counter({
  name: 'partition_pauses_total',
  help: 'Times that a partition stood because the database could not be used',
  labelNames: ['topic'],
});

export const eventsPending = new Gauge({
  name: 'events_pending',
  help: 'Events that wait for a retry, or behind one of their key that does',
  labelNames: ['consumer'],
});

export const deadLettersParked = new Gauge({
  name: 'dead_letters_parked',
  help: 'Dead letters that nobody has redriven or dropped',
  labelNames: ['consumer'],
});

export const consumerLag = new Gauge({
  name: 'consumer_lag',
  help: 'Events on a topic that the service has not passed yet, over all of its replicas',
  labelNames: ['topic'],
});

export const eventsSkipped = new Counter({
  name: 'events_skipped_total',
  help: 'Events of a type that nobody here reads',
  labelNames: ['topic'],
});

export const eventAgeSeconds = new Histogram({
  name: 'event_age_seconds',
  help: 'Time from an event to its being applied',
  labelNames: ['consumer'],
  buckets: [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 60, 600],
});
