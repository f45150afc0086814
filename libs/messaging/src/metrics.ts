import { Counter, Gauge, Histogram } from 'prom-client';

export const outboxRows = new Gauge({
  name: 'outbox_rows',
  help: 'Events committed and not yet published (counted to 100000)',
});

export const outboxOldestSeconds = new Gauge({
  name: 'outbox_oldest_seconds',
  help: 'Age of the oldest event in the outbox, 0 when empty',
});

export const relayLeading = new Gauge({
  name: 'outbox_relay_leading',
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
  help: 'Deliveries by what came of them: applied, duplicate, retried, parked',
  labelNames: ['consumer', 'outcome'],
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
