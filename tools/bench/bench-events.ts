import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { startBareKafka } from './bare-kafka.ts';
import { startPipeline } from './event-pipeline.ts';
import type { EventPath, EventPipeline } from './event-pipeline.ts';
import { measure } from './measure.ts';
import type { Measure } from './measure.ts';
import { median, percentile } from './median.ts';

const ROUNDS = 9;
const EVENTS_A_ROUND = 10_000;
const WARM_UP_EVENTS = 5_000;
/** Of both paths: the relay and the bare producer send as many at once. */
const BATCH_SIZE = 500;
const WRITERS_AT_ONCE = 2;
/** For the figure with one event in each transaction; under the pool of ten, so that consumers find a connection too. */
const SINGLE_WRITERS_AT_ONCE = 6;
const SINGLE_EVENTS = 2_000;
const STEADY_PER_SECOND = 200;
const STEADY_SECONDS = 10;

export interface EventsBench {
  /** A superuser's address; the bench makes a database of its own and drops it. */
  readonly postgresUrl: string;
  readonly kafkaBrokers: readonly string[];
}

/** Events from a commit to the consumer's commit, beside the same events through Kafka alone. */
export async function benchEvents(bench: EventsBench, onStep: (step: string) => void): Promise<Measure[]> {
  const name = `viernes_bench_${randomBytes(4).toString('hex')}`;
  const topic = (suffix: string) => ({ name: `${name}.${suffix}`, partitions: 6, retentionHours: 1 });
  await administer(bench.postgresUrl, `CREATE DATABASE ${name}`);
  try {
    const databaseUrl = new URL(bench.postgresUrl);
    databaseUrl.pathname = `/${name}`;
    const pipeline = await startPipeline(databaseUrl.href, bench.kafkaBrokers, topic('pipeline'));
    const bare = await startBareKafka(bench.kafkaBrokers, topic('bare'));
    try {
      return [await compare(pipeline, bare, onStep)];
    } finally {
      await pipeline.stop();
      await bare.stop();
    }
  } finally {
    await administer(bench.postgresUrl, `DROP DATABASE ${name} WITH (FORCE)`);
  }
}

async function compare(pipeline: EventPipeline, bare: EventPath, onStep: (step: string) => void): Promise<Measure> {
  const batches = { batchSize: BATCH_SIZE, writersAtOnce: WRITERS_AT_ONCE };
  await pipeline.carry(WARM_UP_EVENTS, batches);
  await bare.carry(WARM_UP_EVENTS, batches);
  const [ours, floor]: [number[], number[]] = [[], []];
  for (let round = 1; round <= ROUNDS; round += 1) {
    onStep(`events ${round} of ${ROUNDS}`);
    ours.push(EVENTS_A_ROUND / (await secondsOf(() => pipeline.carry(EVENTS_A_ROUND, batches))));
    floor.push(EVENTS_A_ROUND / (await secondsOf(() => bare.carry(EVENTS_A_ROUND, batches))));
  }
  onStep('events one by one');
  const singles = { batchSize: 1, writersAtOnce: SINGLE_WRITERS_AT_ONCE };
  const singlesPerSecond = SINGLE_EVENTS / (await secondsOf(() => pipeline.carry(SINGLE_EVENTS, singles)));
  onStep(`events at ${STEADY_PER_SECOND} a second`);
  const latenciesMs = await steady(pipeline);
  return measure(
    'outbox -> Kafka -> inbox',
    'events/s',
    { platform: median(ours), floor: median(floor) },
    {
      // Of pairs that ran one after the other: what else the machine does weighs on both alike.
      ratio: median(ours.map((rate, round) => rate / (floor[round] ?? Number.NaN))),
      onePerTransaction: singlesPerSecond,
      p50Ms: percentile(latenciesMs, 50),
      p99Ms: percentile(latenciesMs, 99),
    },
  );
}

/** @returns from before each event's transaction until its consumer's commit, in milliseconds; later events do not wait for earlier ones */
async function steady(pipeline: EventPipeline): Promise<number[]> {
  const count = STEADY_PER_SECOND * STEADY_SECONDS;
  const startsAt = performance.now();
  const latencies: Promise<number>[] = [];
  for (let index = 0; index < count; index += 1) {
    const dueAt = startsAt + (index * 1000) / STEADY_PER_SECOND;
    if (dueAt > performance.now()) await sleep(dueAt - performance.now());
    latencies.push(secondsOf(() => pipeline.carryOne()).then((seconds) => seconds * 1000));
  }
  return Promise.all(latencies);
}

async function secondsOf(work: () => Promise<void>): Promise<number> {
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
