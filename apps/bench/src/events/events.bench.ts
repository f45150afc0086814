import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { startPipeline, type EventPath, type EventPipeline, type SendOptions } from './event-pipeline.js';
import { startKafkaBaseline } from './kafka-baseline.js';
import { startRawTransactions } from './raw-transactions.js';
import type { Bench, BenchContext } from '../run/bench.js';
import { interleave, toRatios } from '../run/interleave.js';
import { toRow, type Row } from '../run/row.js';
import { median, percentile } from '../run/statistics.js';

const ROUNDS = 6;
const EVENTS_PER_ROUND = 10_000;
const WARM_UP_EVENTS = 5_000;
/** For both paths: events per request to the broker. */
const BATCH_SIZE = 500;
const CONCURRENCY = 2;
/** With one event per transaction. Less than the pool size of 10, so that consumers get a connection. */
const SINGLE_CONCURRENCY = 6;
const SINGLE_EVENTS = 2_000;
/** An earlier rate, on two cores of an AMD EPYC. The target is three times as high. */
const FORMER_SINGLES_PER_SECOND = 700;
const STEADY_PER_SECOND = 200;
const STEADY_SECONDS = 10;

export const events: Bench = {
  name: 'events',
  summary: 'events from the commit of the producer to the commit of the consumer, next to Kafka only',
  run: benchEvents,
};

/** The role in POSTGRES_URL must be able to create databases. The benchmark creates one and drops it. */
async function benchEvents({ platform, onStep }: BenchContext): Promise<readonly Row[]> {
  const { postgresUrl, kafkaBrokers } = platform;
  const name = `viernes_bench_${randomBytes(4).toString('hex')}`;
  const topic = (suffix: string) => ({ name: `${name}.${suffix}`, partitions: 6, retentionHours: 1 });
  await administer(postgresUrl, `CREATE DATABASE ${name}`);
  try {
    const databaseUrl = new URL(postgresUrl);
    databaseUrl.pathname = `/${name}`;
    const pipeline = await startPipeline(databaseUrl.href, kafkaBrokers, topic('pipeline'));
    const baseline = await startKafkaBaseline(kafkaBrokers, topic('baseline'));
    const raw = await startRawTransactions(databaseUrl.href);
    try {
      return await compare(pipeline, baseline, raw, onStep);
    } finally {
      await Promise.all([pipeline, baseline, raw].map((path) => path.stop()));
    }
  } finally {
    await administer(postgresUrl, `DROP DATABASE ${name} WITH (FORCE)`);
  }
}

async function compare(
  pipeline: EventPipeline,
  baseline: EventPath,
  raw: EventPath,
  onStep: (step: string) => void,
): Promise<readonly Row[]> {
  const batches = { batchSize: BATCH_SIZE, concurrency: CONCURRENCY };
  const singles = { batchSize: 1, concurrency: SINGLE_CONCURRENCY };
  const measureRate = async (path: EventPath, count: number, options: SendOptions): Promise<number> =>
    count / (await measureSeconds(() => path.send(count, options)));
  await pipeline.send(WARM_UP_EVENTS, batches);
  await baseline.send(WARM_UP_EVENTS, batches);
  onStep(`${EVENTS_PER_ROUND} events, next to kafkajs`);
  const rates = await interleave(ROUNDS, {
    pipeline: () => measureRate(pipeline, EVENTS_PER_ROUND, batches),
    baseline: () => measureRate(baseline, EVENTS_PER_ROUND, batches),
  });
  onStep('one event per transaction');
  const single = await interleave(ROUNDS, {
    pipeline: () => measureRate(pipeline, SINGLE_EVENTS, singles),
    raw: () => measureRate(raw, SINGLE_EVENTS, singles),
  });
  onStep(`${STEADY_PER_SECOND} events per second`);
  const latenciesMs = await measureLatenciesMs(pipeline);
  return [
    toRow(
      {
        id: 'events.pipeline',
        title: 'outbox, Kafka, inbox: events per second',
        unit: 'x',
        baseline: 'kafkajs only, the same events and batches',
        target: { is: 'at least', value: 0.65 },
        details: {
          eventsPerSecond: median(rates.pipeline),
          kafkajsEventsPerSecond: median(rates.baseline),
          p50Ms: percentile(latenciesMs, 50),
          p99Ms: percentile(latenciesMs, 99),
        },
      },
      toRatios(rates.pipeline, rates.baseline),
    ),
    toRow(
      {
        id: 'events.one-per-transaction',
        title: 'one event per transaction',
        unit: 'events/s',
        baseline: `fixed limit: three times ${FORMER_SINGLES_PER_SECOND} events/s`,
        target: { is: 'at least', value: 3 * FORMER_SINGLES_PER_SECOND },
        // The limit depends on the machine. These are only the producer's transactions: BEGIN, one INSERT, COMMIT with pg.
        details: {
          rawTransactionsPerSecond: median(single.raw),
          shareOfRawTransactions: median(toRatios(single.pipeline, single.raw)),
        },
      },
      single.pipeline,
    ),
  ];
}

/**
 * Sends events at a constant rate. An event does not wait for earlier ones.
 *
 * @returns the time from before each event's transaction until the consumer's commit, in milliseconds
 */
async function measureLatenciesMs(pipeline: EventPipeline): Promise<number[]> {
  const count = STEADY_PER_SECOND * STEADY_SECONDS;
  const startsAt = performance.now();
  const latencies: Promise<number>[] = [];
  for (let index = 0; index < count; index += 1) {
    const dueAt = startsAt + (index * 1000) / STEADY_PER_SECOND;
    if (dueAt > performance.now()) await sleep(dueAt - performance.now());
    latencies.push(measureSeconds(() => pipeline.sendOne()).then((seconds) => seconds * 1000));
  }
  return Promise.all(latencies);
}

async function measureSeconds(work: () => Promise<void>): Promise<number> {
  const startedAt = performance.now();
  await work();
  return (performance.now() - startedAt) / 1000;
}

async function administer(url: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}
