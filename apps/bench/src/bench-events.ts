import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { startPipeline, type EventPath, type EventPipeline } from './event-pipeline.js';
import { startKafkaBaseline } from './kafka-baseline.js';
import { measure, type Measure } from './measure.js';
import { median, percentile } from './statistics.js';

const ROUNDS = 9;
const EVENTS_PER_ROUND = 10_000;
const WARM_UP_EVENTS = 5_000;
/** For both paths: events per request to the broker. */
const BATCH_SIZE = 500;
const CONCURRENCY = 2;
/** With one event per transaction. Less than the pool size of 10, so that consumers get a connection. */
const SINGLE_CONCURRENCY = 6;
const SINGLE_EVENTS = 2_000;
const STEADY_PER_SECOND = 200;
const STEADY_SECONDS = 10;

export interface EventsBench {
  /** The account must be able to create databases. The benchmark creates one and drops it. */
  readonly postgresUrl: string;
  readonly kafkaBrokers: readonly string[];
}

/** Measures events from the producer's commit to the consumer's commit, next to the same events through Kafka only. */
export async function benchEvents(bench: EventsBench, onStep: (step: string) => void): Promise<Measure[]> {
  const name = `viernes_bench_${randomBytes(4).toString('hex')}`;
  const topic = (suffix: string) => ({ name: `${name}.${suffix}`, partitions: 6, retentionHours: 1 });
  await administer(bench.postgresUrl, `CREATE DATABASE ${name}`);
  try {
    const databaseUrl = new URL(bench.postgresUrl);
    databaseUrl.pathname = `/${name}`;
    const pipeline = await startPipeline(databaseUrl.href, bench.kafkaBrokers, topic('pipeline'));
    const baseline = await startKafkaBaseline(bench.kafkaBrokers, topic('baseline'));
    try {
      return [await compare(pipeline, baseline, onStep)];
    } finally {
      await pipeline.stop();
      await baseline.stop();
    }
  } finally {
    await administer(bench.postgresUrl, `DROP DATABASE ${name} WITH (FORCE)`);
  }
}

async function compare(pipeline: EventPipeline, baseline: EventPath, onStep: (step: string) => void): Promise<Measure> {
  const batches = { batchSize: BATCH_SIZE, concurrency: CONCURRENCY };
  await pipeline.send(WARM_UP_EVENTS, batches);
  await baseline.send(WARM_UP_EVENTS, batches);
  const [pipelineRates, baselineRates]: [number[], number[]] = [[], []];
  for (let round = 1; round <= ROUNDS; round += 1) {
    onStep(`events ${round} of ${ROUNDS}`);
    pipelineRates.push(EVENTS_PER_ROUND / (await measureSeconds(() => pipeline.send(EVENTS_PER_ROUND, batches))));
    baselineRates.push(EVENTS_PER_ROUND / (await measureSeconds(() => baseline.send(EVENTS_PER_ROUND, batches))));
  }
  onStep('one event per transaction');
  const singles = { batchSize: 1, concurrency: SINGLE_CONCURRENCY };
  const singlesPerSecond = SINGLE_EVENTS / (await measureSeconds(() => pipeline.send(SINGLE_EVENTS, singles)));
  onStep(`${STEADY_PER_SECOND} events per second`);
  const latenciesMs = await measureLatenciesMs(pipeline);
  return measure(
    'outbox -> Kafka -> inbox',
    'events/s',
    { platform: median(pipelineRates), baseline: median(baselineRates) },
    {
      // Compares consecutive rounds, because other load on the machine affects both equally.
      ratio: median(pipelineRates.map((rate, round) => rate / (baselineRates[round] ?? Number.NaN))),
      onePerTransaction: singlesPerSecond,
      p50Ms: percentile(latenciesMs, 50),
      p99Ms: percentile(latenciesMs, 99),
    },
  );
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
